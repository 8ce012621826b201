"""What a score can move, by name: traits of figures, and parts of stages.

"curve.x" is a trait of a figure, "houses.stick2" a part of a stage, "houses.stick" all
its sticks, and "houses" every part that knows the pose.
"""

from importlib import import_module
from typing import Any

from .._names import unknown
from ..explorers.calling import made
from ..lessons import Score
from ..lessons.score import name_of
from ..widgets import Explorer, Samples
from .saying import COMPUTED, names, number
from .stage import ALWAYS, START, Stage


def stages(topic: str) -> dict[str, Stage]:
    """The stages of a topic: what the functions of its module in ``stages`` draw."""
    module = import_module(f"{__package__}.stages.{topic}")
    return {
        name: draw()
        for name, draw in vars(module).items()
        if getattr(draw, "__module__", "") == module.__name__
        and callable(draw)
        and not name.startswith("_")
    }


def movable(figure: Explorer) -> list[str]:
    """The traits that a reader can change."""
    fixed = {*Explorer.class_traits(), "_anywidget_id", "_css", "_esm"}
    return [
        name
        for name, trait in figure.traits(sync=True).items()
        if name not in fixed and not isinstance(trait, Samples)
    ]


class Named:
    """The figures and stages of a score."""

    def __init__(self, score: Score) -> None:
        self.score, self.file = score, name_of(score.topic)
        self.known = names(score)
        self.stages = stages(score.topic)
        self.figures = {n: self._figure(n, call) for n, call in score.figures.items()}
        if twice := set(self.stages) & set(self.figures):
            raise ValueError(f"{self.file}: {twice.pop()} is a stage and a figure")
        for name, stage in self.stages.items():
            if stage.over and stage.over not in self.figures:
                raise ValueError(
                    f"{self.file}: {name} is over {stage.over}, which is no figure here"
                )

    def check_shown(self, where: str, name: str) -> None:
        """Whether a scene can show it: a figure, or a stage that is over none."""
        can = [*self.figures, *(n for n, s in self.stages.items() if not s.over)]
        if name not in can:
            raise ValueError(unknown(f"{where}: cannot show", name, can))

    def ways(self, where: str, target: str, value: Any) -> list[tuple[str, Any]]:
        """The names that a target stands for, each with where it goes.

        Raises
        ------
        ValueError
            If there is no such thing, or it cannot go there.
        """
        owner, _, part = target.partition(".")
        if owner in self.figures:
            return [(target, self.sample(where, target, value))]
        if owner not in self.stages:
            raise ValueError(
                f"{where}: {target} moves nothing; there are the figures "
                f"{', '.join(self.figures) or '(none)'}, and the stages "
                f"{', '.join(self.stages)}"
            )
        stage = self.stages[owner]
        all_ = [p for p in stage.parts.values() if value in p.poses or value in ALWAYS]
        if not (parts := stage.group(part) if part else all_):
            raise ValueError(
                f"{where}: {owner} has no {part or f'part with a pose {value!r}'}; "
                f"it has {', '.join(stage.parts)}"
            )
        for each in parts:
            if value not in each.poses and value not in ALWAYS:
                raise ValueError(
                    f"{where}: {owner}.{each.name} has no pose {value!r}; it has "
                    f"{', '.join([*each.poses, *ALWAYS])}"
                )
        return [(f"{owner}.{each.name}", value) for each in parts]

    def sample(self, where: str, target: str, value: Any) -> Any:
        """A value of a trait, if the figure has it among its samples.

        ``"{…}"`` is computed. Errors as of `ways`.
        """
        owner, _, trait = target.partition(".")
        if owner not in self.figures:
            raise ValueError(f"{where}: there is no figure {owner!r}")
        figure = self.figures[owner]
        if trait not in (can := movable(figure)):
            raise ValueError(
                f"{where}: {owner} has no trait {trait!r}; it has {', '.join(can)}"
            )
        if isinstance(value, str) and (found := COMPUTED.fullmatch(value)):
            value = number(found[1], self.known, where)
        try:
            setattr(figure, trait, value)
        except Exception as error:
            raise ValueError(
                f"{where}: {target} cannot be {value!r}: {error}"
            ) from error
        stays = getattr(figure, trait)
        if stays != value:
            raise ValueError(
                f"{where}: {target} = {value} is no sample of the figure; write {stays}"
            )
        return stays

    def start(self, used: set[str]) -> dict[str, Any]:
        """How all that is used stands at the start."""
        start: dict[str, Any] = {}
        for name, call in self.score.figures.items():
            if name in used:
                figure = made(call)
                start |= {f"{name}.{t}": getattr(figure, t) for t in movable(figure)}
        for name, stage in self.stages.items():
            if name in used:
                start |= {f"{name}.{part}": START for part in stage.parts}
        return start

    def _figure(self, name: str, call: str) -> Explorer:
        try:
            return made(call)
        except ValueError as error:
            raise ValueError(f"{self.file}, figures, {name}: {error}") from error
