// A jest environment that runs Pester before the test file is read, so that the file can make a test of each of Pester's.
import { dirname } from "node:path";
import type { EnvironmentContext, JestEnvironmentConfig } from "@jest/environment";
import NodeEnvironment from "jest-environment-node";
import { runPester } from "./pester";

export default class PesterEnvironment extends NodeEnvironment {
  private readonly folder: string;

  public constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    super(config, context);
    this.folder = dirname(context.testPath);
  }

  public override async setup(): Promise<void> {
    await super.setup();
    this.global.pester = await runPester(this.folder);
  }
}
