using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>A row of a filled-in sheet, as it was typed.</summary>
/// <param name="Id">Of the row: sent again it changes nothing.</param>
/// <param name="Who">Row number, end of the volunteer's number, name, or initials of its pinyin.</param>
/// <param name="In">A time; <see cref="AsPlanned"/>; or nothing where the person is in already.</param>
/// <param name="Out">A time; <see cref="AsPlanned"/>; or nothing while that is open.</param>
/// <param name="PageCode">Of the page in hand, where it was given.</param>
public sealed record SheetEntry(Guid Id, string Who, string In, string Out, string? PageCode = null)
{
    /// <summary>Typed for a time that is the planned one.</summary>
    public const string AsPlanned = "=";

    /// <summary>The request id of one moment of the row. Another time is another request: a row that was put right is not taken for the one before.</summary>
    internal Guid RequestFor(bool arriving, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[25];
        Id.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], at.UtcTicks);
        bytes[24] = arriving ? (byte)1 : (byte)0;
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }
}

/// <summary>A row that was recorded.</summary>
/// <param name="IntervalId">What it made, or closed.</param>
/// <param name="InAt">The time in that the row told; null where it told only a time out.</param>
/// <param name="OutAt">The time out that the row told.</param>
public sealed record EnteredRow(SheetPerson Person, IntervalId IntervalId, DateTimeOffset? InAt, DateTimeOffset? OutAt, Doubts Doubts);

/// <summary>Takes in a row of a paper sheet. What it tells are facts; they are refused only where they contradict themselves or what is recorded.</summary>
public sealed class EnterSheetRow(Hub hub, AttendanceWriter writer)
{
    /// <summary>Typed numbers of this length or less count rows; longer ones are the end of a volunteer's number.</summary>
    private const int RowDigits = 3;

    public async Task<Outcome<EnteredRow>> RunAsync(Actor actor, RunId runId, SheetEntry entry, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var run = await read.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var found = Find(await SheetPeople.LoadAsync(read, run.Value, ct), run.Value, entry);
        if (found.Refused) return found.Refusal;
        var person = found.Value;
        var times = SheetTimes.Read(entry, person.Slot, read.Zone, read.Now);
        if (times.Refused) return times.Refusal;
        var (arrived, left) = times.Value;
        var attendance = await read.Db.Attendances.Include(a => a.Intervals).FirstOrDefaultAsync(a => a.RunId == runId && a.VolunteerId == person.Id, ct)
            ?? new Attendance(runId, person.Id);
        if (arrived is { } came && attendance.Answered(entry.RequestFor(true, came)) is null
            && attendance.Intervals.FirstOrDefault(i => i.Counts && !(i.Out?.OccurredAt <= came)) is { } before)
            return new SheetAlreadyIn(person.Name, before.In.OccurredAt, before.In.Evidence);
        // A time out alone belongs to somebody who is in.
        if (arrived is null && left is { } gone && attendance.Answered(entry.RequestFor(false, gone)) is null && attendance.Open is { } open && gone <= open.In.OccurredAt)
            return new ImpossibleTimes();

        var (receipt, doubts) = ((AttendanceReceipt?)null, Doubts.None);
        foreach (var (at, arriving) in new[] { (arrived, true), (left, false) })
        {
            if (at is not { } then) continue;
            var moment = new AttendanceMoment(then, read.Now, entry.RequestFor(arriving, then), EvidenceKind.PaperSheet, actor.Id);
            var answer = await writer.TellAsync(new TellFact(runId, person.Id, moment, arriving, Doubts.None, null) { Via = actor.Via }, ct);
            if (answer.Refusal is { } refusal) return refusal;
            (receipt, doubts) = (answer.Receipt, doubts | answer.Doubts);
        }

        return new EnteredRow(person, receipt!.IntervalId, arrived, left, doubts);
    }

    /// <summary>Who is meant.</summary>
    private static Outcome<SheetPerson> Find(IReadOnlyList<SheetPerson> people, ServiceRun run, SheetEntry entry)
    {
        var typed = PersonNames.Searchable(entry.Who);
        if (typed.Length == 0) return new SheetPersonUnknown("");
        if (typed.Length <= RowDigits && typed.All(char.IsAsciiDigit))
        {
            if (SheetPageCode.Read(entry.PageCode) is { } page && page.Mark != SheetPeople.MarkOf(run)) return new SheetRowsMoved();
            var row = int.Parse(typed, System.Globalization.CultureInfo.InvariantCulture);
            return people.FirstOrDefault(p => p.Row == row) is { } numbered ? numbered : new SheetPersonUnknown(entry.Who.Trim());
        }

        var digits = typed.Replace("-", "", StringComparison.Ordinal);
        IEnumerable<SheetPerson>[] ways = digits.All(char.IsAsciiDigit)
            ? [people.Where(p => p.Number.Replace("-", "", StringComparison.Ordinal).EndsWith(digits, StringComparison.Ordinal))]
            : [
                people.Where(p => PersonNames.Searchable(p.Name) == typed), people.Where(p => p.Initials == typed),
                people.Where(p => PersonNames.Searchable(p.Name).Contains(typed, StringComparison.Ordinal)),
            ];
        return ways.Select(w => w.ToList()).FirstOrDefault(w => w.Count > 0) switch
        {
            null => new SheetPersonUnknown(entry.Who.Trim()),
            [var one] => one,
            var several => new SheetPersonUnclear(string.Join(" / ", several.Select(p => $"{p.Row} {p.Name} {p.Number}"))),
        };
    }
}

/// <summary>Takes a row of a sheet back: what it told is annulled, and stays.</summary>
public sealed class TakeBackSheetRow(Hub hub, AttendanceWriter writer)
{
    /// <param name="actor">Who takes attendance.</param>
    /// <param name="runId">The run.</param>
    /// <param name="row">What was recorded.</param>
    /// <param name="ct">Cancels before a command is handed over.</param>
    public async Task<Outcome> RunAsync(Actor actor, RunId runId, EnteredRow row, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.AttendanceRunAsync(this, runId, ct) is { Refused: true, Refusal: var refusal }) return refusal;
        if (row is { InAt: not null }) return await writer.TakeBackAsync(read, runId, row.Person.Id, row.IntervalId, row.OutAt is not null, ct);
        return (await writer.TellAsync(new TakeBackMoment(runId, row.Person.Id, row.IntervalId, Leaving: true, read.Now, actor.Id) { Via = actor.Via }, ct)).Outcome;
    }
}
