using System.Buffers;
using System.Text;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>Comma-separated text as RFC 4180 has it, every cell in quotation marks where it needs them.</summary>
internal sealed class CsvTableWriter : TableWriter
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\t\r\n");

    private readonly StreamWriter _text;

    public CsvTableWriter(Stream stream, IReadOnlyList<string> headers)
    {
        _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        Write(headers);
    }

    public override void Write(IReadOnlyList<string?> row) => _text.WriteLine(string.Join(',', row.Select(cell => Quoted(FormulaGuard.Guard(cell ?? "")))));

    protected override void End() => _text.Dispose();

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(NeedQuotes) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
