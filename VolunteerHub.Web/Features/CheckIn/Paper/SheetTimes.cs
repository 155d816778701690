using VolunteerHub.Domain.Attendances;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>The times of a row, on the day on which they were written.</summary>
internal static class SheetTimes
{
    /// <summary>Nobody is at a run this long before or after it: it was typed wrong.</summary>
    private static readonly TimeSpan FarOff = TimeSpan.FromHours(4);

    /// <summary>Reads both times of a row of somebody who was expected in <paramref name="slot"/>.</summary>
    /// <returns>Neither where nothing was typed; a refusal where it cannot have been so.</returns>
    public static Outcome<(DateTimeOffset? In, DateTimeOffset? Out)> Read(SheetEntry entry, TimeSlot slot, TimeZoneInfo zone, DateTimeOffset now)
    {
        var (arrived, left) = (Moment(entry.In, slot, slot.Start, zone), Moment(entry.Out, slot, slot.End, zone));
        if (arrived.Refusal is { } wrongIn) return wrongIn;
        if (left.Refusal is { } wrongOut) return wrongOut;
        if (arrived.At is null && left.At is null) return new SheetTimesMissing();
        if (arrived.At > now || left.At > now || left.At <= arrived.At) return new ImpossibleTimes();
        return (arrived.At, left.At);
    }

    private static (DateTimeOffset? At, Refusal? Refusal) Moment(string typed, TimeSlot planned, DateTimeOffset asPlanned, TimeZoneInfo zone)
    {
        var text = typed.Trim();
        if (text.Length == 0) return (null, null);
        if (text == SheetEntry.AsPlanned) return (asPlanned, null);
        if (SheetTime.Read(text) is not { } time) return (null, new SheetTimeUnclear(text));
        var (first, last) = (DayOf(planned.Start), DayOf(planned.End));
        // A run over midnight has two days on which the clock shows the same.
        var at = new[] { first, last }.Distinct().Select(day => WallClock.Instant(day, time, zone)).MinBy(t => Distance(t, planned));
        return Distance(at, planned) > FarOff ? (null, new SheetTimeFarOff(text, planned)) : (at, null);

        DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
    }

    private static TimeSpan Distance(DateTimeOffset at, TimeSlot slot) =>
        at < slot.Start ? slot.Start - at : at > slot.End ? at - slot.End : TimeSpan.Zero;
}
