// The engine's members that only its own cmdlets may call, reached by name; the engine's version is pinned.
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

internal static class Internals
{
    private const string StateInternal = "System.Management.Automation.SessionStateInternal, System.Management.Automation";

    private static readonly Type StopUpstream =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;

    /// <summary>What a cmdlet throws to end the commands before it in the pipeline without an error.</summary>
    public static Exception StopUpstreamCommands(PSCmdlet cmdlet) => (Exception)Activator.CreateInstance(StopUpstream, cmdlet)!;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetAtScope")]
    public static extern PSVariable? GetAtScope(PSVariableIntrinsics variables, string name, string scope);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RemoveAtScope")]
    public static extern void RemoveAtScope(PSVariableIntrinsics variables, string name, string scope);

    public static void NewAtScope(SessionState state, PSVariable variable, string scope, bool force) =>
        NewVariableAtScope(GetInternal(state), variable, scope, force);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Internal")]
    [return: UnsafeAccessorType(StateInternal)]
    private static extern object GetInternal(SessionState state);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "NewVariableAtScope")]
    private static extern object NewVariableAtScope(
        [UnsafeAccessorType(StateInternal)] object state, PSVariable variable, string scope, bool force);
}
