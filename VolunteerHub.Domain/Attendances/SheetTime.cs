using System.Globalization;
using System.Text;

namespace VolunteerHub.Domain.Attendances;

/// <summary>Times as people type them from paper: 9, 900, 0900, 9:00, 9.30, and 9.5 for half past nine.</summary>
public static class SheetTime
{
    /// <returns>Null where it is no time of a day.</returns>
    public static TimeOnly? Read(string typed)
    {
        var text = typed.Normalize(NormalizationForm.FormKC).Trim();
        var (hours, minutes) = text.Split(':', '.') switch
        {
            [{ Length: 1 or 2 } h] => (h, "00"),
            [{ Length: 3 or 4 } all] => (all[..^2], all[^2..]),
            [{ Length: 1 or 2 } h, { Length: 2 } m] => (h, m),
            [{ Length: 1 or 2 } h, "5"] when text.Contains('.', StringComparison.Ordinal) => (h, "30"),
            [{ Length: 1 or 2 } h, "0"] when text.Contains('.', StringComparison.Ordinal) => (h, "00"),
            _ => ("", ""),
        };
        return Number(hours) is { } hour and < 24 && Number(minutes) is { } minute and < 60 ? new TimeOnly(hour, minute) : null;

        static int? Number(string digits) =>
            digits.Length > 0 && digits.All(char.IsAsciiDigit) ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }
}
