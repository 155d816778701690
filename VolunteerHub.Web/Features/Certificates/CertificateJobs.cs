using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>What of a certificate the coordinator says: for which days, and who stands for it.</summary>
/// <param name="From">First day; null from the beginning.</param>
/// <param name="Until">Last day; null up to now.</param>
public sealed record CertificateTerms(DateOnly? From, DateOnly? Until, string? InCharge, string? Handler, string? Contact)
{
    /// <summary>Letters of a name or of where to ask.</summary>
    public const int MostLetters = 60;

    internal Refusal? Judge(bool names) =>
        From > Until ? new CertificatePeriodWrong()
        : names && new[] { InCharge, Handler, Contact }.Any(IsMissing) ? new CertificateNamesMissing(MostLetters) : null;

    /// <summary>Whether a name or contact cannot stand on a certificate as it is.</summary>
    internal static bool IsMissing(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > MostLetters;
}

/// <summary>A volunteer asks for a certificate of own hours, for a period or all; the coordinators are told.</summary>
public sealed class AskForCertificate(Hub hub)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="from">First day; null from the beginning.</param>
    /// <param name="until">Last day; null up to now.</param>
    /// <param name="purpose">What it is for, in a few words, if the person says so.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, DateOnly? from, DateOnly? until, string? purpose, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this, actor.Id);
        if (from > until) return new CertificatePeriodWrong();
        if (await work.Db.Certificates.AnyAsync(c => c.VolunteerId == actor.Id && c.Status == CertificateStatus.Asked, ct)) return new CertificateAskedAlready();
        if (await FinalHours.LinesAsync(work, actor.Id, from, until, ct) is not { Seconds: > 0 }) return new NothingToCertify();
        var words = purpose?.Trim() is { Length: > Certificate.MostWords } much ? much[..Certificate.MostWords] : purpose;
        work.Db.Certificates.Add(Certificate.Ask(actor.Id, from, until, words, work.Now));
        foreach (var coordinator in await work.CoordinatorsButAsync(actor.Id, ct))
            work.Db.Notices.Add(new Notice(NoticeKind.CertificateAsked, coordinator, work.Now, work.Community.DueAt(work.Now, null)).Saying(words, actor.Id));
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>The coordinator issues a certificate: one that was asked for, or unasked. It says what is final today, and stays as it was issued.</summary>
public sealed class IssueCertificate(Hub hub, FieldProtector fields)
{
    /// <param name="actor">The coordinator.</param>
    /// <param name="who">For whom.</param>
    /// <param name="asked">The one that was asked for; null where nobody asked.</param>
    /// <param name="terms">For which days, and who stands for it.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<CertificateId>> RunAsync(Actor actor, VolunteerId who, CertificateId? asked, CertificateTerms terms, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, who);
        if (terms.Judge(names: true) is { } wrong) return wrong;
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == who, ct) is not { } person) return new VolunteerNotFound();
        if (person.Closed is { } closed) return closed;
        var certificate = asked is { } id ? await work.Db.Certificates.FirstOrDefaultAsync(c => c.Id == id && c.VolunteerId == who, ct) : Certificate.For(who, terms.From, terms.Until, work.Now);
        if (certificate is null) return new CertificateNotFound();
        // A number is spent only on what is issued.
        if (certificate.Status != CertificateStatus.Asked) return new CertificateDecided(certificate.Status);
        var served = await FinalHours.LinesAsync(work, who, terms.From, terms.Until, ct);
        if (served.Seconds <= 0) return new NothingToCertify();
        var statement = new CertificateStatement(
            person.Name, person.Number, work.Community.Issuer, terms.InCharge!.Trim(), terms.Handler!.Trim(), terms.Contact!.Trim(), terms.From, terms.Until, work.Today,
            served.Seconds, served.Lines, served.Entries, served.First, served.Last);
        var code = CertificateCode.New();
        var issued = certificate.Issue(work.Community.IssueCertificateNumber(work.Today.Year), SecretToken.HashOf(code), fields.Protect(code)!, statement, actor.Id, work.Now);
        if (issued.Refused) return issued.Refusal;
        if (asked is null) work.Db.Certificates.Add(certificate);
        work.Tell(NoticeKind.CertificateIssued, who, certificate.Number);
        await work.SaveAsync(null, ct);
        return certificate.Id;
    }
}

/// <summary>The coordinator does not issue what was asked for, and says why.</summary>
public sealed class DeclineCertificate(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, CertificateId id, string? because, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        if (await work.Db.Certificates.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } certificate) return new CertificateNotFound();
        if (certificate.Decline(because, actor.Id, work.Now) is { Refused: true } refused) return refused;
        work.Tell(NoticeKind.CertificateDeclined, certificate.VolunteerId, certificate.EndedWhy);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>The coordinator withdraws a certificate for a reason: whoever verifies it reads that it holds no more.</summary>
public sealed class WithdrawCertificate(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, CertificateId id, string? because, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        if (await work.Db.Certificates.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } certificate) return new CertificateNotFound();
        if (certificate.Withdraw(because, actor.Id, work.Now) is { Refused: true } refused) return refused;
        work.Tell(NoticeKind.CertificateWithdrawn, certificate.VolunteerId, $"{certificate.Number} {certificate.EndedWhy}");
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>What somebody served, as a certificate states it.</summary>
/// <param name="First">Day of the first service that is counted; null where there is none.</param>
/// <param name="Last">Day of the last one.</param>
internal sealed record CertifiedHours(long Seconds, IReadOnlyList<CertifiedLine> Lines, IReadOnlyList<Guid> Entries, DateOnly? First, DateOnly? Last);

/// <summary>What can be certified of a person.</summary>
internal static class FinalHours
{
    /// <summary>Final hours of a period by line of service. What is final never changes; corrections are entries of their own, with a sign.</summary>
    public static async Task<CertifiedHours> LinesAsync(
        HubTransaction read, VolunteerId who, DateOnly? from, DateOnly? until, CancellationToken ct)
    {
        var entries = await (from h in read.Db.HourEntries
                             join r in read.Db.Runs on h.RunId equals r.Id
                             where h.VolunteerId == who && h.Status == HourStatus.Final
                             orderby r.StartsAt
                             select new { h.Id, h.CreditedSeconds, h.RunId, r.Line, r.StartsAt, r.Title }).ToListAsync(ct);
        var within = entries.FindAll(e => DayOf(e.StartsAt) is var day && !(day < from) && !(day > until));
        var groups = within.GroupBy(e => e.Line).OrderBy(g => g.Key is null).ThenBy(g => g.Key)
            .Select(g => (g.Key, Runs: g.GroupBy(e => e.RunId).Where(r => r.Sum(e => e.CreditedSeconds) > 0).ToList()))
            .Where(l => l.Runs.Count > 0).ToList();
        var lines = groups.ConvertAll(l =>
        {
            var titles = l.Runs.Select(r => r.First().Title).Distinct().ToList();
            return new CertifiedLine(l.Key, l.Runs.Sum(r => r.Sum(e => e.CreditedSeconds)), l.Runs.Count, [.. titles.Take(CertifiedLine.TitlesShown)], titles.Count);
        });
        var days = groups.SelectMany(l => l.Runs).Select(r => (DateOnly?)DayOf(r.First().StartsAt)).ToList();
        return new CertifiedHours(lines.Sum(l => l.Seconds), lines, [.. within.Select(e => e.Id.Value)], days.Min(), days.Max());

        DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, read.Zone).DateTime);
    }

    /// <summary>Tells the volunteer what became of a certificate.</summary>
    public static void Tell(this HubTransaction work, NoticeKind kind, VolunteerId who, string? words) =>
        work.Db.Notices.Add(new Notice(kind, who, work.Now, work.Community.DueAt(work.Now, null)).Saying(words));
}
