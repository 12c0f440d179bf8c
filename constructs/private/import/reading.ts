// What a server has, read in one PowerShell process.
import { FoundObject, Plain } from "../lync/written";
import { RunnerSettings } from "../terraform/local-exec";
import { runScript } from "../terraform/script-process";

/** An object of a kind that the library has, with what else it has. */
export interface Finding {
  readonly kind: string;
  /** Whether there is one such object, and its identity says nothing. */
  readonly nameless: boolean;
  readonly object: FoundObject;
  /** Values that no property of the library stands for. */
  readonly others: Readonly<Record<string, Plain>>;
}

/** An object that the library has no construct for. */
export interface Beside {
  /** What it is, such as `blocked domain`. */
  readonly title: string;
  readonly identity: string;
  readonly values: Readonly<Record<string, Plain>>;
}

/** All that was read, in the order of the procedure. */
export interface Environment {
  readonly findings: readonly Finding[];
  readonly beside: readonly Beside[];
}

/** How the server is read. */
export interface ReadingOptions {
  readonly runner: RunnerSettings;
  /** Computers with an Edge of Office Communications Server 2007 R2; a dot is the runner itself. */
  readonly edges: readonly string[];
  /** Whether nothing but the procedure's own is wanted. */
  readonly onlyProcedure: boolean;
}

/** What the script leaves. */
interface Reading {
  readonly Objects: readonly {
    readonly Kind: string;
    readonly Identity: string;
    readonly Edge: string;
    readonly Nameless: boolean;
    readonly Settings: Record<string, Plain>;
    readonly Initial: readonly string[];
    readonly Others: Record<string, Plain>;
  }[];
  readonly Beside: readonly {
    readonly Title: string;
    readonly Identity: string;
    readonly Values: Record<string, Plain>;
  }[];
}

/** Reads the server. @throws ScriptError where it cannot be read as a whole. */
export function readEnvironment({ runner, edges, onlyProcedure }: ReadingOptions): Environment {
  const result = runScript(runner, "Get-LyncEnvironment", { LYNC_EDGES: edges.join(" ") });
  return environmentOf(result as Reading, onlyProcedure);
}

/** The same of what the script has left. */
export function environmentOf({ Objects, Beside }: Reading, onlyProcedure: boolean): Environment {
  return {
    findings: Objects.map(({ Kind, Identity, Edge, Nameless, Settings, Initial, Others }) => ({
      kind: Kind,
      nameless: Nameless,
      object: new FoundObject(Identity, computerOf(Edge), Settings, Initial, onlyProcedure),
      others: Others,
    })),
    beside: Beside.map(({ Title, Identity, Values }) => ({
      title: Title,
      identity: Identity,
      values: Values,
    })),
  };
}

function computerOf(edge: string): string | undefined {
  return edge === "" || edge === "." ? undefined : edge;
}
