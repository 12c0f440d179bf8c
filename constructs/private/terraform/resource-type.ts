// Which type of Terraform resource carries an object of Lync Server.

/** Which type of Terraform resource carries an object of Lync Server. */
export const LyncResourceType = {
  /** `null_resource`, from the provider hashicorp/null. */
  NULL_RESOURCE: "null_resource",
  /** `terraform_data`, built into Terraform: for runners that can download no provider. */
  TERRAFORM_DATA: "terraform_data",
} as const;

/** `null_resource` or `terraform_data`. */
export type LyncResourceType = (typeof LyncResourceType)[keyof typeof LyncResourceType];
