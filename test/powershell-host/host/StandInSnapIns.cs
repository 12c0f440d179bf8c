// Where the engine asks for the assemblies of its default snap-ins, which its package lacks, this answers with ours.
// So every runspace of the process, also one that a script makes with [PowerShell]::Create(), has the cmdlets.
using System.Reflection;

namespace PowerShellHost;

internal static class StandInSnapIns
{
    public static void Register() =>
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(new AssemblyName(request.Name).Name);

    private static Assembly? Find(string? name) => name switch
    {
        "Microsoft.PowerShell.Commands.Utility" => Assembly.Load("PowerShellHost.Utility"),
        "Microsoft.PowerShell.Commands.Management" => Assembly.Load("PowerShellHost.Management"),
        // These two add nothing a script here uses, but the engine refuses to start without them.
        "Microsoft.PowerShell.ConsoleHost" or "Microsoft.PowerShell.Security" => typeof(StandInSnapIns).Assembly,
        _ => null,
    };
}
