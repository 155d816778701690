using System.Text;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>Takes a text with columns apart (RFC 4180), record by record; also records that hold line breaks in quotation marks.</summary>
internal sealed class CsvRecords(TextReader text, char delimiter)
{
    private const char Quote = '"';

    private readonly StringBuilder _field = new();

    /// <returns>The fields of the next record; a blank line has one that is empty. Null at the end.</returns>
    /// <exception cref="TableRefusedException">A quotation mark that nobody closes swallows what follows.</exception>
    public List<string>? Next()
    {
        if (text.Peek() < 0) return null;
        var fields = new List<string>();
        while (true)
        {
            var end = ReadField();
            fields.Add(_field.ToString());
            if (end == delimiter) continue;
            if (end == '\r' && text.Peek() == '\n') text.Read();
            return fields;
        }
    }

    /// <returns>What ends the field: the delimiter, a line end, or -1.</returns>
    private int ReadField()
    {
        _field.Clear();
        var quoted = text.Peek() == Quote;
        if (quoted) text.Read();
        while (true)
        {
            var next = text.Read();
            if (next < 0) return quoted ? throw new TableRefusedException(new TableFileDamaged()) : next;
            if (quoted && next == Quote)
            {
                if (text.Peek() != Quote) quoted = false;
                else _field.Append((char)text.Read());
            }
            else if (!quoted && (next == delimiter || next is '\r' or '\n'))
            {
                return next;
            }
            else
            {
                if (_field.Length >= TableLimits.CellLength) throw new TableRefusedException(new TableFileDamaged());
                _field.Append((char)next);
            }
        }
    }
}
