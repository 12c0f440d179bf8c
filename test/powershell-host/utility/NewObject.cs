// New-Object: constructs a .NET object by the engine's own overload resolution and sets the given properties.
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    private const string Adapter = "System.Management.Automation.DotNetAdapter, System.Management.Automation";

    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = string.Empty;

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        var type = FindType();
        var created = PSObject.AsPSObject(Construct(type));
        // Any property can be put into a bag; other types must have it.
        SetProperties(created, isBag: type == typeof(PSObject));
        WriteObject(created);
    }

    private Type FindType()
    {
        if (LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            return type == typeof(PSCustomObject) ? typeof(PSObject) : type;
        }

        throw Stop(
            new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
            "TypeNotFound",
            ErrorCategory.InvalidType);
    }

    private object Construct(Type type)
    {
        var constructors = type.GetConstructors();
        if (type.IsValueType && ArgumentList.Length == 0)
        {
            return Activator.CreateInstance(type)!;
        }

        if (constructors.Length == 0)
        {
            throw Stop(
                new PSArgumentException($"A constructor was not found. Cannot find an appropriate constructor for type {TypeName}."),
                "CannotFindAppropriateCtor",
                ErrorCategory.ObjectNotFound);
        }

        try
        {
            return Invoke(null, type, constructors, ArgumentList);
        }
        catch (RuntimeException error) when (error is MethodException)
        {
            throw Stop(error, "ConstructorInvokedThrowException", ErrorCategory.InvalidOperation);
        }
    }

    private void SetProperties(PSObject created, bool isBag)
    {
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (isBag)
            {
                created.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else
            {
                SetProperty(created, name, entry.Value);
            }
        }
    }

    private void SetProperty(PSObject created, string name, object? value)
    {
        if (created.Properties[name] is { } property)
        {
            property.Value = value;
            return;
        }

        if (created.Methods[name] is { } method)
        {
            method.Invoke(value);
            return;
        }

        WriteError(new ErrorRecord(
            new InvalidOperationException($"The member \"{name}\" was not found for the specified .NET object."),
            "InvalidOperationException",
            ErrorCategory.InvalidOperation,
            created));
    }

    private PipelineStoppedException Stop(Exception error, string id, ErrorCategory category)
    {
        ThrowTerminatingError(new ErrorRecord(error, id, category, TypeName));
        return new PipelineStoppedException();
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ConstructorInvokeDotNet")]
    private static extern object Invoke(
        [UnsafeAccessorType(Adapter)] object? adapter, Type type, ConstructorInfo[] constructors, object?[] arguments);
}
