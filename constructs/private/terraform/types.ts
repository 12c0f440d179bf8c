// The types of CDKTF that the properties and signatures of other rooms name. What they do with them stays in this folder.
export type { IResolvable, ITerraformDependable, TerraformBackend, TerraformStack } from "cdktf";
