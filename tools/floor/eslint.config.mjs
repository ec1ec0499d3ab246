// Scripts: plain ES2017 without a build step, and nothing that Chrome 66, Firefox 52 or Safari 11.1 lacks.
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";

const newerThan2017 = Object.fromEntries(
  Object.keys(esx.configs["flat/restrict-to-es2017"].rules).map((rule) => [rule, "error"]),
);

export default [
  {
    files: ["**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2022, sourceType: "script" },
    plugins: { compat, "es-x": esx },
    settings: {
      lintAllEsApis: true,
    },
    // The browsers are named in package.json.
    rules: { ...newerThan2017, "compat/compat": "error" },
  },
  {
    // Ours, that is all but the code that came from elsewhere with its licence.
    files: ["**/*.js"],
    ignores: ["**/jsqr/**", "**/htmx/**"],
    rules: {
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-var": "off",
      eqeqeq: "error",
    },
  },
];
