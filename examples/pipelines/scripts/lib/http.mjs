// Calls of a platform's REST API: errors that say what to do, and patience with a platform that has too much to do.
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "./command.mjs";
import { visible } from "./text.mjs";

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 4;
/** A platform that asks for a longer wait than this is not waited for. */
const LONGEST_WAIT_S = 120;

/** An answer that is no success. `waitS` is there where it may be one later. */
export class ApiError extends CommandError {
  constructor(message, waitS) {
    super(message);
    this.waitS = waitS;
  }
}

/**
 * A function that makes calls with these headers.
 * @param advice what to do about an answer, by its status
 */
export function client({ name, headers, advice }) {
  return async (method, url, body, contentType = "application/json") => {
    const what = `${method} ${new URL(url).pathname}`;
    let response;
    try {
      response = await fetch(url, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { "content-type": contentType }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await read(response, { name, what, advice });
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const why = error.cause?.message ?? error.message;
      throw new ApiError(
        `${name} was not reached with ${what}: ${why}. Is the address right, and the network up?`,
        1,
      );
    }
  };
}

async function read(response, { name, what, advice }) {
  const text = await response.text();
  const { status, headers } = response;
  // Azure DevOps answers with its sign-in page, as 203 or 302, where it does not know the token.
  const data = jsonOf(text);
  if (response.ok && status !== 203 && data !== undefined) return { data, link: headers.get("link") ?? "" };
  const said = visible(typeof data?.message === "string" ? data.message : text.slice(0, 200)).replaceAll(
    "\n",
    " ",
  );
  const known = advice(status === 203 || status === 302 ? 401 : status);
  const message = `${name} answered ${status} to ${what}: ${said || "(nothing)"}${known ? `\n${known}` : ""}`;
  throw new ApiError(message, waitOf(status, headers));
}

function jsonOf(text) {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many seconds to wait, or undefined where a second call would have the same answer. */
function waitOf(status, headers) {
  const asked = headers.get("retry-after");
  const limited =
    status === 429 || (status === 403 && (asked !== null || headers.get("x-ratelimit-remaining") === "0"));
  if (!limited && status < 500) return undefined;
  if (asked === null) return 1;
  const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 1;
}

/**
 * Does something that may be done again from its start: it looks first, and so never makes a second one of what a call
 * made that seemed to fail.
 */
export async function patiently(action) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof ApiError) || error.waitS === undefined) throw error;
      if (attempt === ATTEMPTS) throw new ApiError(`${error.message}\nTried ${ATTEMPTS} times.`);
      if (error.waitS > LONGEST_WAIT_S) {
        const seconds = Math.ceil(error.waitS);
        throw new ApiError(
          `${error.message}\nIt asks for a wait of ${seconds} s. Run the job again after that.`,
        );
      }
      await sleep(error.waitS * 1000);
    }
  }
}
