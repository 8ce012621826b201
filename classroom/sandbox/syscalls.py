"""What a process between the walls may not ask of Linux.

Everything that would give it memory which nobody counts, walls of its own, a look into
another process, or a part of the kernel that no notebook needs.  Bubblewrap loads this
as a filter (seccomp, in the old form of BPF).
"""

import errno
import platform
import struct

# Numbers of the calls on x86-64, and on AArch64 as on all later machines.
DENIED = {
    # Mounts and namespaces: a tmpfs of one's own would have any size.
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "unshare": (272, 97), "setns": (308, 268),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442),
    # Memory that belongs to no process and to no sized folder.
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # Other processes, and the kernel itself.
    "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "open_by_handle_at": (304, 265), "init_module": (175, 105),
    "finit_module": (313, 273), "kexec_load": (246, 104), "syslog": (103, 116),
    "quotactl": (179, 60), "acct": (163, 89), "swapon": (167, 224),
}  # fmt: skip
CLONE, CLONE3, SOCKET = (56, 220), (435, 435), (41, 198)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
SECOND_NUMBERS = 0x40000000  # those that x86-64 has for 32-bit pointers
NEW_NAMESPACES = 0x7E020000  # flags of clone
FAMILIES = (1, 2, 10, 16)  # of sockets: Unix, IPv4, IPv6, netlink

# Instructions of BPF, and places of what they look at.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16
ALLOW, REFUSE = 0x7FFF0000, 0x00050000


def filter_program() -> bytes:
    """The filter for this machine; empty if it is of a kind that we do not know."""
    if platform.machine() not in MACHINES:
        return b""
    column, machine = MACHINES[platform.machine()]
    denied = REFUSE | errno.EPERM
    steps = [
        (LOAD, 0, 0, MACHINE),
        (EQUAL, 1, 0, machine),
        (RETURN, 0, 0, denied),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, SECOND_NUMBERS),
        (RETURN, 0, 0, denied),
        # The library then asks by `clone`, whose flags one can see.
        (EQUAL, 0, 1, CLONE3[column]),
        (RETURN, 0, 0, REFUSE | errno.ENOSYS),
    ]
    for numbers in DENIED.values():
        steps += [(EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, denied)]
    steps += [
        (EQUAL, 0, 4, CLONE[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 0, 1, NEW_NAMESPACES),
        (RETURN, 0, 0, denied),
        (RETURN, 0, 0, ALLOW),
        (EQUAL, 1, 0, SOCKET[column]),
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, FIRST_ARGUMENT),
    ]
    for family in FAMILIES:
        steps += [(EQUAL, 0, 1, family), (RETURN, 0, 0, ALLOW)]
    steps.append((RETURN, 0, 0, denied))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
