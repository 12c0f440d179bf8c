// The entry: reads the arguments, runs what they ask for and ends the process with PowerShell's exit code.
using System.Management.Automation;
using System.Text;

namespace PowerShellHost;

internal static class Program
{
    private const int BadArguments = 64;

    private static void Main(string[] args)
    {
        // The engine would otherwise report module names to its vendor.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        UseUtf8();
        StandInSnapIns.Register();
        // Runspaces that a script left open have threads that would keep the process alive.
        Environment.Exit(RunOrComplain(args));
    }

    private static int RunOrComplain(string[] args)
    {
        try
        {
            return Run(Options.Parse(args));
        }
        catch (BadArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return BadArguments;
        }
    }

    private static int Run(Options options)
    {
        if (options.ShowVersion)
        {
            Console.Out.WriteLine("PowerShell " + PSVersionInfo.PSVersion);
            return 0;
        }

        using var session = new Session(options);
        return session.Run();
    }

    private static void UseUtf8()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // Setting it also decides how the engine decodes what native programs print.
        if (Console.OutputEncoding.CodePage != utf8.CodePage)
        {
            Console.OutputEncoding = utf8;
        }

        if (Console.InputEncoding.CodePage != utf8.CodePage)
        {
            Console.InputEncoding = utf8;
        }

        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true });
        Console.SetError(new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true });
    }
}
