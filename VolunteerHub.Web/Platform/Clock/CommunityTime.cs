using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Platform.Clock;

/// <summary>Shows instants by the community's wall clock, in the words of the reader's language.</summary>
public sealed class CommunityTime(TimeProvider clock, CurrentCommunity community, IStringLocalizer<Texts> texts)
{
    private TimeZoneInfo Zone => community.Zone;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>The instant at which the wall clock shows this.</summary>
    public DateTimeOffset Instant(DateOnly day, TimeOnly time) => WallClock.Instant(day, time, Zone);

    /// <summary>09:00</summary>
    public string Time(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>09:00–11:30</summary>
    public string Span(TimeSlot slot) => $"{Time(slot.Start)}–{Time(slot.End)}";

    /// <summary>11月28日 周六</summary>
    public string Day(DateTimeOffset instant) => Day(DayOf(instant));

    public string Day(DateOnly day) => day.ToString(texts["Format.Day"], CultureInfo.CurrentCulture);

    /// <summary>2026年11月28日</summary>
    public string FullDay(DateOnly day) => day.ToString(texts["Format.FullDay"], CultureInfo.CurrentCulture);

    /// <summary>11-28</summary>
    public string ShortDay(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);

    /// <summary>今天 09:00–11:30, or with the day where it is another.</summary>
    public string When(TimeSlot slot) => $"{NearDay(DayOf(slot.Start))} {Span(slot)}";

    /// <summary>今天, 明天, or the day.</summary>
    public string NearDay(DateOnly day) => (day.DayNumber - Today.DayNumber) switch
    {
        0 => texts["Time.Today"],
        1 => texts["Time.Tomorrow"],
        -1 => texts["Time.Yesterday"],
        _ => Day(day),
    };

    /// <summary>Hours with one decimal, for display only.</summary>
    public static string Hours(TimeSpan time) => time.TotalHours.ToString("0.0", CultureInfo.InvariantCulture);
}
