using System.Globalization;
using System.Text;

namespace VolunteerHub.Tests.Support;

/// <summary>One event of a calendar file, as the reader understood it.</summary>
public sealed record CalendarEntry(
    string Uid, string Summary, string Zone, DateTime Start, DateTime End, string Status, int Sequence, string Location, string Description);

/// <summary>
/// Reads an iCalendar file as RFC 5545 says and nothing else does: lines of 75 octets that end with CRLF and are unfolded,
/// properties with parameters, nested components, escaped texts. What breaks the rules is an error. Knows nothing of the writer's library.
/// </summary>
public sealed class CalendarReader
{
    private readonly Dictionary<string, string> _head = [];
    private readonly HashSet<string> _zones = [];

    private CalendarReader() { }

    public List<CalendarEntry> Events { get; } = [];

    /// <summary>Zones that the file describes.</summary>
    public IReadOnlySet<string> Zones => _zones;

    public string this[string property] => _head[property];

    public static CalendarReader Read(string file)
    {
        var (read, open) = (new CalendarReader(), new Stack<string>());
        Dictionary<string, (string Parameters, string Value)> one = [];
        foreach (var line in Unfolded(file))
        {
            var (name, parameters, value) = Property(line);
            if (name == "BEGIN")
            {
                open.Push(value);
                if (value == "VEVENT") one = [];
            }
            else if (name == "END")
            {
                if (open.Pop() != value) throw new FormatException($"{value} ends where another is open.");
                if (value == "VEVENT") read.Take(one);
            }
            else if (open.Count == 0) throw new FormatException($"{line} stands outside.");
            else if (open.Peek() == "VEVENT") one.Add(name, (parameters, value));
            else if (open.Peek() == "VTIMEZONE" && name == "TZID") read._zones.Add(value);
            else if (open.Peek() == "VCALENDAR") read._head[name] = Text(value);
        }

        if (open.Count > 0 || read["VERSION"] != "2.0") throw new FormatException("The calendar is not whole.");
        return read;
    }

    private void Take(Dictionary<string, (string Parameters, string Value)> one)
    {
        var (start, end) = (one["DTSTART"], one["DTEND"]);
        if (!one["DTSTAMP"].Value.EndsWith('Z')) throw new FormatException("A stamp is UTC.");
        var zone = start.Parameters.Split(';').Single(p => p.StartsWith("TZID=", StringComparison.Ordinal))["TZID=".Length..].Trim('"');
        if (!_zones.Contains(zone)) throw new FormatException($"{zone} is not described before it is used.");
        Events.Add(new CalendarEntry(
            one["UID"].Value, Text(one["SUMMARY"].Value), zone, Wall(start.Value), Wall(end.Value), one["STATUS"].Value,
            int.Parse(one["SEQUENCE"].Value, CultureInfo.InvariantCulture), Text(one["LOCATION"].Value), Text(one["DESCRIPTION"].Value)));
    }

    private static DateTime Wall(string value) => DateTime.ParseExact(value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static List<string> Unfolded(string file)
    {
        if (!file.EndsWith("\r\n", StringComparison.Ordinal)) throw new FormatException("The last line does not end.");
        var lines = new List<string>();
        foreach (var line in file[..^2].Split("\r\n"))
        {
            if (line.Contains('\n', StringComparison.Ordinal) || line.Contains('\r', StringComparison.Ordinal)) throw new FormatException("A line ends with CRLF.");
            if (Encoding.UTF8.GetByteCount(line) > 75) throw new FormatException($"Longer than 75 octets: {line}");
            if (line.StartsWith(' ') || line.StartsWith('\t')) lines[^1] += line[1..];
            else lines.Add(line);
        }

        return lines;
    }

    private static (string Name, string Parameters, string Value) Property(string line)
    {
        var (quoted, colon) = (false, -1);
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) colon = i;
        }

        if (colon < 1) throw new FormatException($"No property: {line}");
        var head = line[..colon].Split(';', 2);
        return (head[0].ToUpperInvariant(), head.Length > 1 ? head[1] : "", line[(colon + 1)..]);
    }

    private static string Text(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i] != '\\' ? value[i] : value[++i] is 'n' or 'N' ? '\n' : value[i] is '\\' or ';' or ',' ? value[i] : throw new FormatException($"No escape: {value}"));
        return text.ToString();
    }
}
