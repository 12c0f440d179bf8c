// How docs/API.md is made of the comments in the code: one page, with properties in tables. What is public and has no
// description is an error.
import { OptionDefaults } from "typedoc";

export default {
  entryPoints: ["constructs/index.ts"],
  tsconfig: "tsconfig.build.json",
  plugin: ["typedoc-plugin-markdown", "typedoc-plugin-no-inherit"],
  blockTags: [...OptionDefaults.blockTags, "@noInheritDoc"],
  name: "API",
  readme: "none",
  router: "module",
  out: "docs",
  entryFileName: "API",
  cleanOutputDir: false,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hideGenerator: true,
  disableSources: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeExternals: true,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  parametersFormat: "table",
  typeDeclarationFormat: "table",
  propertyMembersFormat: "table",
  typeAliasPropertiesFormat: "table",
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideSources: true, hideModifiers: true },
  jsDocCompatibility: { defaultTag: false },
  sort: ["source-order"],
  validation: { notDocumented: true, notExported: true, invalidLink: true },
  treatValidationWarningsAsErrors: true,
};
