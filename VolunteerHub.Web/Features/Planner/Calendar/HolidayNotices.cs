using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A notice, as the settings show it.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Where it was taken from.</param>
/// <param name="Shipped">Whether it came with the program.</param>
/// <param name="Off">Free days.</param>
/// <param name="MakeUp">Make-up workdays.</param>
public sealed record HolidayNoticeView(int Year, string Source, bool Shipped, IReadOnlyList<HolidayDay> Off, IReadOnlyList<HolidayDay> MakeUp);

public sealed record HolidayNoticesView(IReadOnlyList<HolidayNoticeView> Years, bool MayChange);

/// <summary>The notices that are known, for coordinator and auditor.</summary>
public sealed class HolidayNotices(Hub hub)
{
    public async Task<Outcome<HolidayNoticesView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var years = await read.NoticesAsync(ct);
        return new HolidayNoticesView(
            years.ConvertAll(y => new HolidayNoticeView(y.Year, y.Source, y == HolidayNotice.Shipped, [.. y.Days.Where(d => d.IsOff)], [.. y.Days.Where(d => !d.IsOff)])),
            read.Authority.MayAdminister);
    }
}

/// <summary>The coordinator uploads the notice of a year; one of the same year takes its place.</summary>
public sealed class UploadHolidays(Hub hub)
{
    /// <param name="actor">Who uploads.</param>
    /// <param name="file">All of the file.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The year that is known now.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, ReadOnlyMemory<byte> file, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        var taken = HolidayNotice.Read(file.Span);
        if (taken.Refused) return taken.Refusal;
        if (await work.Db.HolidayYears.FirstOrDefaultAsync(y => y.Year == taken.Value.Year, ct) is { } known) known.Replace(taken.Value);
        else work.Db.HolidayYears.Add(taken.Value);
        await work.SaveAsync(null, ct);
        return taken.Value.Year;
    }
}
