// The command line: powershell.exe's and pwsh's options, their abbreviations, and a script's own arguments.
using System.Management.Automation.Runspaces;
using System.Text;

namespace PowerShellHost;

internal sealed class BadArgumentException(string message) : Exception(message);

internal sealed class Options
{
    /// <summary>Each option with its shortest spelling; any longer prefix of the name is the option too.</summary>
    private static readonly (string Name, string Shortest, Action<Options, Queue<string>> Read)[] Known =
    [
        ("version", "v", (options, _) => options.ShowVersion = true),
        ("noprofile", "nop", Ignore),
        ("nologo", "nol", Ignore),
        ("noninteractive", "noni", (options, _) => options.NonInteractive = true),
        ("interactive", "i", (options, _) => options.NonInteractive = false),
        ("sta", "sta", Ignore),
        ("mta", "mta", Ignore),
        ("login", "l", Ignore),
        ("noprofileloadtime", "noprofileloadtime", Ignore),
        ("executionpolicy", "ex", IgnoreWithValue),
        ("ep", "ep", IgnoreWithValue),
        ("outputformat", "o", ReadFormat),
        ("of", "of", ReadFormat),
        ("inputformat", "inp", ReadFormat),
        ("if", "if", ReadFormat),
        ("workingdirectory", "wo", ReadWorkingDirectory),
        ("wd", "wd", ReadWorkingDirectory),
        ("windowstyle", "w", IgnoreWithValue),
        ("command", "c", (options, rest) => options.Command = ReadCommand(rest)),
        ("encodedcommand", "e", ReadEncodedCommand),
        ("ec", "ec", ReadEncodedCommand),
        ("file", "f", (options, rest) => options.ReadFile(Next(rest, "-File"), rest)),
    ];

    public bool ShowVersion { get; private set; }

    public bool NonInteractive { get; private set; }

    public string? WorkingDirectory { get; private set; }

    public string? Command { get; private set; }

    public string? File { get; private set; }

    public List<CommandParameter> FileArguments { get; } = [];

    public static Options Parse(string[] args)
    {
        var options = new Options();
        var rest = new Queue<string>(args);
        while (rest.Count > 0)
        {
            options.Read(rest.Dequeue(), rest);
        }

        return options.IsComplete ? options : options.WithCommandFromInput();
    }

    private bool IsComplete => ShowVersion || Command != null || File != null;

    private Options WithCommandFromInput()
    {
        if (!Console.IsInputRedirected)
        {
            throw new BadArgumentException("This host has no interactive prompt: pass -Command, -EncodedCommand or -File.");
        }

        Command = Console.In.ReadToEnd();
        return this;
    }

    private void Read(string argument, Queue<string> rest)
    {
        if (argument.Length == 0 || argument[0] is not ('-' or '/'))
        {
            ReadFile(argument, rest);
            return;
        }

        var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
        foreach (var option in Known)
        {
            if (Matches(name, option.Name, option.Shortest))
            {
                option.Read(this, rest);
                return;
            }
        }

        // A rooted path looks like an option with a slash.
        ReadFile(argument, rest);
    }

    private static bool Matches(string given, string name, string shortest) =>
        given.Length >= shortest.Length && name.StartsWith(given, StringComparison.OrdinalIgnoreCase);

    private void ReadFile(string path, Queue<string> rest)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new BadArgumentException(
                $"The argument '{path}' is not recognized as an option or as the name of a script file. "
                + "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.");
        }

        File = Path.GetFullPath(path);
        ScriptArguments.Read(rest, FileArguments);
    }

    private static string ReadCommand(Queue<string> rest)
    {
        var words = new List<string> { Next(rest, "-Command") };
        while (rest.Count > 0)
        {
            words.Add(rest.Dequeue());
        }

        return words is ["-"] ? Console.In.ReadToEnd() : string.Join(' ', words);
    }

    private static void ReadEncodedCommand(Options options, Queue<string> rest)
    {
        try
        {
            options.Command = Encoding.Unicode.GetString(Convert.FromBase64String(Next(rest, "-EncodedCommand")));
        }
        catch (FormatException)
        {
            throw new BadArgumentException("The value of -EncodedCommand is not Base64 of UTF-16LE text.");
        }
    }

    private static void ReadFormat(Options options, Queue<string> rest)
    {
        if (!Next(rest, "-OutputFormat and -InputFormat").Equals("text", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadArgumentException("This host knows only the format Text.");
        }
    }

    private static void ReadWorkingDirectory(Options options, Queue<string> rest) =>
        options.WorkingDirectory = Next(rest, "-WorkingDirectory");

    private static void Ignore(Options options, Queue<string> rest)
    {
    }

    private static void IgnoreWithValue(Options options, Queue<string> rest) => Next(rest, "-ExecutionPolicy and -WindowStyle");

    private static string Next(Queue<string> rest, string option) =>
        rest.TryDequeue(out var value) ? value : throw new BadArgumentException($"A value must follow {option}.");
}
