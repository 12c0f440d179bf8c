// Whether a script reads $input, and so whether the process's standard input is to be piped into it.
using System.Management.Automation.Language;

namespace PowerShellHost;

internal static class ScriptInput
{
    public static bool IsReadBy(string script, bool isFile)
    {
        var ast = isFile
            ? Parser.ParseFile(script, out _, out _)
            : Parser.ParseInput(script, out _, out _);
        return ast.Find(IsInput, searchNestedScriptBlocks: false) != null;
    }

    private static bool IsInput(Ast node) =>
        node is VariableExpressionAst variable && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase);
}
