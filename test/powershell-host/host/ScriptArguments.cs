// What follows `-File path`: literal strings, except that `-Name`, `-Name value` and `-Name:value` bind to parameters.
using System.Management.Automation.Runspaces;

namespace PowerShellHost;

internal static class ScriptArguments
{
    public static void Read(Queue<string> rest, List<CommandParameter> into)
    {
        while (rest.TryDequeue(out var argument))
        {
            into.Add(IsParameter(argument) ? ReadParameter(argument, rest) : new CommandParameter(null, argument));
        }
    }

    private static bool IsParameter(string argument) => argument.Length > 1 && argument[0] is '-' or '\u2013' or '\u2014' or '\u2015';

    private static CommandParameter ReadParameter(string argument, Queue<string> rest)
    {
        var colon = argument.IndexOf(':');
        if (colon < 0)
        {
            return new CommandParameter(argument);
        }

        // `-Name: value` names the parameter; its value is the next argument, whatever that looks like.
        if (colon == argument.Length - 1)
        {
            return rest.TryDequeue(out var value)
                ? new CommandParameter(argument.TrimEnd(':'), value)
                : new CommandParameter(argument.TrimEnd(':'));
        }

        return new CommandParameter(argument[..colon], BooleanOrText(argument[(colon + 1)..]));
    }

    private static object BooleanOrText(string text) =>
        bool.TryParse(text.StartsWith('$') ? text[1..] : text, out var value) ? value : text;
}
