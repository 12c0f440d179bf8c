// What Select-, Sort-, Group-, Measure- and Compare-Object share: a property given by name, script block or hashtable.
using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

internal sealed class PropertySelector
{
    private PropertySelector(PSPropertyExpression expression, string? label, bool? descending)
    {
        Expression = expression;
        Label = label;
        Descending = descending;
    }

    public PSPropertyExpression Expression { get; }

    /// <summary>The name given in a hashtable.</summary>
    public string? Label { get; }

    /// <summary>The direction given in a hashtable, for sorting.</summary>
    public bool? Descending { get; }

    public static List<PropertySelector> ReadAll(object?[]? given) => (given ?? []).Select(Read).ToList();

    public object? ValueOf(PSObject item)
    {
        var results = Expression.GetValues(item);
        return results.Count > 0 && results[0].Exception == null ? results[0].Result : null;
    }

    private static PropertySelector Read(object? given) => ((given as PSObject)?.BaseObject ?? given) switch
    {
        ScriptBlock script => new PropertySelector(new PSPropertyExpression(script), null, null),
        IDictionary table => ReadTable(table),
        null => throw new PSArgumentException("A property must be a name, a script block or a hashtable, not null."),
        var name => new PropertySelector(new PSPropertyExpression(LanguagePrimitives.ConvertTo<string>(name)), null, null),
    };

    private static PropertySelector ReadTable(IDictionary table)
    {
        object? expression = null;
        string? label = null;
        bool? descending = null;
        foreach (DictionaryEntry entry in table)
        {
            var key = LanguagePrimitives.ConvertTo<string>(entry.Key).ToLowerInvariant();
            if (IsShortFor(key, "expression"))
            {
                expression = entry.Value;
            }
            else if (IsShortFor(key, "name") || IsShortFor(key, "label"))
            {
                label = LanguagePrimitives.ConvertTo<string>(entry.Value);
            }
            else if (IsShortFor(key, "descending"))
            {
                descending = LanguagePrimitives.IsTrue(entry.Value);
            }
            else if (IsShortFor(key, "ascending"))
            {
                descending = !LanguagePrimitives.IsTrue(entry.Value);
            }
            else
            {
                throw new PSArgumentException($"The key {entry.Key} is not valid in a property's hashtable.");
            }
        }

        return new PropertySelector(Read(expression ?? label).Expression, label, descending);
    }

    private static bool IsShortFor(string key, string name) => key.Length > 0 && name.StartsWith(key, StringComparison.Ordinal);
}

internal sealed class ValueComparer(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? left, object? right)
    {
        if (LanguagePrimitives.TryCompare(left, right, !caseSensitive, out var order))
        {
            return order;
        }

        // Values that do not compare are ordered as text.
        return string.Compare(
            LanguagePrimitives.ConvertTo<string>(left), LanguagePrimitives.ConvertTo<string>(right), !caseSensitive);
    }

    public new bool Equals(object? left, object? right) => LanguagePrimitives.Equals(left, right, !caseSensitive);

    public int GetHashCode(object? value)
    {
        var text = LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
        return caseSensitive ? text.GetHashCode() : StringComparer.OrdinalIgnoreCase.GetHashCode(text);
    }
}
