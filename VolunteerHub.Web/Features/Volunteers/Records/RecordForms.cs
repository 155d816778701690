using VolunteerHub.Domain.Calendar;
using System.Globalization;
using System.Text.Json;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>A form over one section of a record.</summary>
public abstract class RecordForm
{
    /// <summary>What the section said when the form was opened, as <see cref="RecordStamps"/> gives it.</summary>
    public string Seen { get; set; } = "";

    /// <summary>What was typed, without the spaces around it; null where nothing was.</summary>
    internal static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    internal static DateOnly? Day(DateTime? chosen) => chosen is { } day ? DateOnly.FromDateTime(day) : null;

    internal static DateTime? Shown(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    /// <summary>The words of a field that takes several, parted by commas, spaces or the Chinese marks for these.</summary>
    internal static IReadOnlyList<string> Words(string? typed) =>
        [.. (typed ?? "").Split([',', ';', ' ', '\u3000', '\u3001', '\uFF0C', '\uFF1B', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}

/// <summary>A protected field in a form: what stands there is not shown, so leaving it empty keeps it.</summary>
public sealed class PrivateEntry
{
    public string? Typed { get; set; }

    /// <summary>Takes away what stands there.</summary>
    public bool Clear { get; set; }

    /// <summary>Whether something stands there.</summary>
    public bool IsKept { get; init; }

    public bool IsTyped => !string.IsNullOrWhiteSpace(Typed);

    internal ProtectedText? Applied(ProtectedText? now, FieldProtector fields) => IsTyped ? fields.Protect(Typed) : Clear ? null : now;

    internal ProtectedText? AppliedDay(ProtectedText? now, FieldProtector fields) => IsTyped ? fields.Protect(DayOf(Typed)) : Clear ? null : now;

    /// <summary>A day as people write it: 1958-03-12, 1958/3/12, 1958.3.12, 19580312, or with the Chinese words for year, month, day.</summary>
    public static DateOnly? DayOf(string? typed)
    {
        var text = (typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Trim().Replace('\u5E74', '-').Replace('\u6708', '-').Replace("\u65E5", "", StringComparison.Ordinal);
        string[] forms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd"];
        return DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}

/// <summary>基本信息: who the person is.</summary>
public sealed class BasicsForm : RecordForm
{
    public string Name { get; set; } = "";

    public string Initials { get; set; } = "";

    public VolunteerKind Kind { get; set; }

    public Sex? Sex { get; set; }

    public PoliticalStatus? Political { get; set; }

    public string? Unit { get; set; }

    public DateTime? JoinedOn { get; set; }

    public PrivateEntry BornOn { get; init; } = new();

    public PrivateEntry IdNumber { get; init; } = new();

    /// <summary>A code to set; what stands there is never shown.</summary>
    public string? Ethnicity { get; set; }

    public bool HasEthnicity { get; init; }

    public bool ClearEthnicity { get; set; }
}

/// <summary>联系方式.</summary>
public sealed class ContactForm : RecordForm
{
    public PrivateEntry Phone { get; init; } = new();

    public PrivateEntry Address { get; init; } = new();

    public PrivateEntry EmergencyContact { get; init; } = new();
}

/// <summary>监护人, of a minor.</summary>
public sealed class GuardianForm : RecordForm
{
    public PrivateEntry Guardian { get; init; } = new();

    /// <summary>Last day on which the guardian's consent holds.</summary>
    public DateTime? ConsentTo { get; set; }
}

/// <summary>特长与意愿.</summary>
public sealed class AbilitiesForm : RecordForm
{
    public HashSet<string> Languages { get; set; } = [];

    public string? Skills { get; set; }

    public HashSet<ServiceLine> Lines { get; set; } = [];

    public HelpTargets Helps { get; set; }

    public DateTime? InsuredUntil { get; set; }
}

/// <summary>可服务时间.</summary>
public sealed class WeekForm : RecordForm
{
    public List<HoursForm> Weekly { get; init; } = [];

    public List<ExceptionForm> Exceptions { get; init; } = [];

    /// <summary>Most hours of duty a week; null leaves the community's limit.</summary>
    public int? HoursAWeek { get; set; }

    public Availability ToAvailability() => new(
        [.. Weekly.Select(w => new WeeklyHours(w.Day, TimeOnly.FromTimeSpan(w.From!.Value), TimeOnly.FromTimeSpan(w.To!.Value))).OrderBy(w => Week.IndexOf(w.Day)).ThenBy(w => w.From)],
        [.. Exceptions.Select(e => new DatedAvailability(RecordForm.Day(e.Day)!.Value, e.Free)).OrderBy(e => e.Day)], HoursAWeek);
}

public sealed class HoursForm
{
    public DayOfWeek Day { get; set; } = DayOfWeek.Saturday;

    public TimeSpan? From { get; set; }

    /// <summary>00:00 is midnight at the end of the day.</summary>
    public TimeSpan? To { get; set; }
}

public sealed class ExceptionForm
{
    public DateTime? Day { get; set; }

    public bool Free { get; set; }
}

/// <summary>资质: a new one, or one that is put right.</summary>
public sealed class QualificationForm : RecordForm
{
    /// <summary>Null for a new one.</summary>
    public QualificationId? Id { get; init; }

    public string Kind { get; set; } = "";

    public DateTime? From { get; set; }

    public DateTime? Until { get; set; }

    public string? Proof { get; set; }
}

public enum AchievementKind
{
    Training,
    Award,
}

/// <summary>A training that was attended, or an award.</summary>
public sealed class AchievementForm : RecordForm
{
    public AchievementKind Kind { get; set; }

    public string Title { get; set; } = "";

    public DateTime? On { get; set; }

    public decimal? Hours { get; set; }

    public string? By { get; set; }
}

/// <summary>A new record: name, phone and team are enough.</summary>
public sealed class RegisterForm : RecordForm
{
    public string Name { get; set; } = "";

    public string? Phone { get; set; }

    public TeamId? TeamId { get; set; }

    public BasicsForm Basics { get; } = new();

    public ContactForm Contact { get; } = new();

    public AbilitiesForm Abilities { get; } = new();

    public GuardianForm Guardian { get; } = new();

    /// <summary>What the person agreed to.</summary>
    public HashSet<ConsentPurpose> Consents { get; set; } = [];

    public ConsentWay ConsentWay { get; set; } = ConsentWay.Paper;
}

/// <summary>
/// What a section of a record says, as one text that changes when somebody changes it: two who edit different sections
/// do not get into each other's way, two who edit the same one are told.
/// </summary>
public static class RecordStamps
{
    public static string Basics(Volunteer who) => Of(who.Name, who.Initials, who.Kind, who.Sex, who.Political, who.Unit, who.JoinedOn, who.Ethnicity, who.BornOn?.Cipher, who.IdNumber?.Cipher);

    public static string Contact(Volunteer who) => Of(who.Phone?.Cipher, who.Address?.Cipher, who.EmergencyContact?.Cipher);

    public static string Guardian(Volunteer who) => Of(who.Guardian?.Cipher, who.GuardianConsentUntil);

    public static string Abilities(Volunteer who) => Of(who.Languages, who.Skills, who.InterestLines, who.InterestHelps, who.InsuredUntil);

    public static string Availability(Volunteer who) => Of(who.Availability);

    public static string Qualification(Qualification held) => Of(held.Kind, held.From, held.Until, held.Proof);

    private static string Of(params object?[] values) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(values, JsonSerializerOptions.Default)), 0, 12);
}
