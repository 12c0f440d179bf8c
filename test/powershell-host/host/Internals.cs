// The engine's members that only its own console program may call, reached by name; the engine's version is pinned.
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace PowerShellHost;

internal static class Internals
{
    private const string ExecutionContext = "System.Management.Automation.ExecutionContext, System.Management.Automation";

    /// <summary>Makes `exit` in the next script file end the session instead of setting $LASTEXITCODE only.</summary>
    public static void LetExitLeaveTheSession(Runspace runspace) => SetRethrowExit(GetContext(runspace), true);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExecutionContext")]
    [return: UnsafeAccessorType(ExecutionContext)]
    private static extern object GetContext(Runspace runspace);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_ScriptCommandProcessorShouldRethrowExit")]
    private static extern void SetRethrowExit([UnsafeAccessorType(ExecutionContext)] object context, bool value);
}
