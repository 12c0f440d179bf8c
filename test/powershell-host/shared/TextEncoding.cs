// The values that -Encoding takes, as pwsh reads them: UTF-8 without a byte order mark unless asked otherwise.
using System.Management.Automation;
using System.Text;

namespace PowerShellHost;

internal static class TextEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Encoding Read(object? value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        null => Utf8,
        Encoding encoding => encoding,
        int codePage => Encoding.GetEncoding(codePage),
        var name => Named(LanguagePrimitives.ConvertTo<string>(name)),
    };

    private static Encoding Named(string name) => name.ToLowerInvariant() switch
    {
        "utf8" or "utf8nobom" or "default" or "oem" => Utf8,
        "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        "unicode" or "utf-16" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "ascii" => Encoding.ASCII,
        "ansi" => Encoding.Latin1,
        _ => Encoding.GetEncoding(name),
    };
}
