// Get-Random: a number in a range, or members of a list.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "Number")]
public sealed class GetRandomCommand : PSCmdlet
{
    private readonly List<object?> items = [];

    [Parameter]
    public int? SetSeed { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Number")]
    public object? Maximum { get; set; }

    [Parameter(ParameterSetName = "Number")]
    public object? Minimum { get; set; }

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "List")]
    public object?[] InputObject { get; set; } = [];

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    protected override void ProcessRecord() => items.AddRange(InputObject);

    protected override void EndProcessing()
    {
        var random = SetSeed is int seed ? new Random(seed) : Random.Shared;
        if (ParameterSetName == "List")
        {
            var shuffled = items.ToArray();
            random.Shuffle(shuffled);
            WriteObject(shuffled.Take(Count), enumerateCollection: true);
            return;
        }

        for (var index = 0; index < Count; index++)
        {
            WriteObject(Number(random, Plain(Minimum) ?? 0, Plain(Maximum) ?? int.MaxValue));
        }
    }

    private static object Number(Random random, object minimum, object maximum)
    {
        if (minimum is double or float || maximum is double or float)
        {
            var (low, high) = (Convert.ToDouble(minimum), Convert.ToDouble(maximum));
            return low + (random.NextDouble() * (high - low));
        }

        if (minimum is int from && maximum is int to)
        {
            return random.Next(from, to);
        }

        return random.NextInt64(LanguagePrimitives.ConvertTo<long>(minimum), LanguagePrimitives.ConvertTo<long>(maximum));
    }

    private static object? Plain(object? value) => (value as PSObject)?.BaseObject ?? value;
}
