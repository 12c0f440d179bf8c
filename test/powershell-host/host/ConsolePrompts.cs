// Questions to a person: read from standard input, or refused when the session is non-interactive or the input ended.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PowerShellHost;

internal sealed class ConsolePrompts(bool nonInteractive)
{
    public string ReadLine()
    {
        RefuseIfNonInteractive();
        return Console.In.ReadLine() ?? throw Refusal("The standard input has ended: nobody is there to answer.");
    }

    public SecureString ReadSecret()
    {
        var secret = new SecureString();
        foreach (var character in ReadLine())
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public Dictionary<string, PSObject> AskFields(
        PSHostUserInterface screen, string caption, string message, Collection<FieldDescription> fields)
    {
        RefuseIfNonInteractive();
        WriteHeading(screen, caption, message);
        return fields.ToDictionary(field => field.Name, field => AskField(screen, field));
    }

    public int AskChoice(
        PSHostUserInterface screen, string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseIfNonInteractive();
        WriteHeading(screen, caption, message);
        while (true)
        {
            screen.Write(string.Join("  ", choices.Select(choice => $"[{KeyOf(choice)}] {LabelOf(choice)}")) + ": ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            var chosen = IndexOf(choices, answer);
            if (chosen >= 0)
            {
                return chosen;
            }
        }
    }

    public PSCredential AskCredential(PSHostUserInterface screen, string caption, string message, string userName)
    {
        RefuseIfNonInteractive();
        WriteHeading(screen, caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            screen.Write("User: ");
            userName = ReadLine();
        }

        screen.Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadSecret());
    }

    private PSObject AskField(PSHostUserInterface screen, FieldDescription field)
    {
        screen.Write(field.Name + ": ");
        return PSObject.AsPSObject(field.ParameterTypeName == nameof(SecureString) ? ReadSecret() : ReadLine());
    }

    private void RefuseIfNonInteractive()
    {
        if (nonInteractive)
        {
            throw Refusal("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
        }
    }

    private static PSInvalidOperationException Refusal(string reason) => new(reason);

    private static void WriteHeading(PSHostUserInterface screen, string caption, string message)
    {
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            screen.WriteLine(line);
        }
    }

    private static int IndexOf(Collection<ChoiceDescription> choices, string answer)
    {
        for (var index = 0; index < choices.Count; index++)
        {
            if (answer.Equals(KeyOf(choices[index]), StringComparison.OrdinalIgnoreCase)
                || answer.Equals(LabelOf(choices[index]), StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private static string LabelOf(ChoiceDescription choice) => choice.Label.Replace("&", string.Empty);

    /// <summary>The letter after the ampersand.</summary>
    private static string KeyOf(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&');
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label[(mark + 1)..(mark + 2)].ToUpperInvariant() : choice.Label;
    }
}
