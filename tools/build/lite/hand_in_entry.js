// What JupyterLab loads an extension by: a container of modules, as a bundler would write it. It hands
// over the parts of JupyterLab that hand_in.js shares with all other extensions.
{
  const shared = {};

  /** A package of JupyterLab's own. */
  const part = async (name) => (await Object.values(/** @type {any} */ (shared)[name])[0].get())();

  const container = {
    init: (scope) => Object.assign(shared, scope),
    get: async () => {
      const { plugin } = await import("./hand_in.js");
      const [notebook, apputils, widgets] = await Promise.all(
        ["@jupyterlab/notebook", "@jupyterlab/apputils", "@lumino/widgets"].map(part));
      return () => ({ __esModule: true, default: plugin({ ...notebook, ...apputils, ...widgets }) });
    },
  };
  const global = /** @type {any} */ (globalThis);
  global._JUPYTERLAB = { ...global._JUPYTERLAB, "lossbook-hand-in": container };
}
