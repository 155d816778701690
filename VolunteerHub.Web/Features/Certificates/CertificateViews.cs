using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>A certificate in the register.</summary>
/// <param name="Seconds">What it certifies; null while it is not issued.</param>
/// <param name="IsCorrected">Whether hours under it were corrected since.</param>
public sealed record CertificateRow(
    CertificateId Id, VolunteerId VolunteerId, string Name, string VolunteerNumber, CertificateStatus Status, string? Number, DateOnly? From, DateOnly? Until,
    DateTimeOffset RequestedAt, DateTimeOffset? IssuedAt, string? Purpose, string? Because, long? Seconds, bool IsCorrected);

/// <param name="InCharge">Who was in charge on the last one: what is usually filled in.</param>
public sealed record CertificateRegisterView(IReadOnlyList<CertificateRow> Rows, int Asked, bool MayIssue, string InCharge, string Handler, string Contact);

/// <summary>登记簿: all certificates, for the coordinator and the auditor.</summary>
public sealed class CertificateRegister(Hub hub)
{
    /// <summary>Rows on the screen; a filter finds the others.</summary>
    public const int Most = 200;

    /// <param name="actor">Who looks.</param>
    /// <param name="typed">Name or number of the volunteer, or number of the certificate; null for all.</param>
    /// <param name="status">Only these; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome<CertificateRegisterView>> LoadAsync(Actor actor, string? typed, CertificateStatus? status, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var rows = await CertificateRows.LoadAsync(read, typed, status, null, Most, ct);
        var last = (await read.Db.Certificates.Where(c => c.Statement != null).OrderByDescending(c => c.IssuedAt).Take(1).ToListAsync(ct)).FirstOrDefault()?.Statement;
        var self = await read.Db.Volunteers.Where(v => v.Id == actor.Id).Select(v => v.Name).FirstOrDefaultAsync(ct);
        return new CertificateRegisterView(
            rows, await read.Db.Certificates.CountAsync(c => c.Status == CertificateStatus.Asked, ct), read.Authority.IsCoordinator,
            last?.InCharge ?? read.Community.Privacy.Custodian ?? "", self ?? "", last?.Contact ?? "");
    }
}

/// <summary>What a certificate would say that is issued now.</summary>
/// <param name="Seconds">Final time of the days that are meant; nothing is issued where there is none.</param>
public sealed record CertificateDraftView(long Seconds, int Runs, DateOnly? First, DateOnly? Last);

/// <summary>Looks at what could be certified of somebody, before it is.</summary>
public sealed class CertificateDraft(Hub hub)
{
    public async Task<Outcome<CertificateDraftView>> LoadAsync(Actor actor, VolunteerId who, DateOnly? from, DateOnly? until, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator) return read.Denied(this, who);
        if (from > until) return new CertificatePeriodWrong();
        var served = await FinalHours.LinesAsync(read, who, from, until, ct);
        return new CertificateDraftView(served.Seconds, served.Lines.Sum(l => l.Runs), served.First, served.Last);
    }
}

/// <summary>Somebody who can be given a certificate.</summary>
public sealed record CertificatePerson(VolunteerId Id, string Name, string Number);

/// <summary>Finds volunteers by name or number, to issue a certificate unasked.</summary>
public sealed class CertificatePeople(Hub hub)
{
    private const int Most = 8;

    public async Task<Outcome<IReadOnlyList<CertificatePerson>>> LoadAsync(Actor actor, string typed, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator) return read.Denied(this);
        var text = typed.Trim();
        if (text.Length == 0) return Array.Empty<CertificatePerson>();
        return await read.Db.Volunteers.Where(v => v.ErasedAt == null && v.MergedInto == null && (v.Name.Contains(text) || v.Number.EndsWith(text)))
            .OrderBy(v => v.Number).Take(Most).Select(v => new CertificatePerson(v.Id, v.Name, v.Number)).ToListAsync(ct);
    }
}

/// <summary>Own certificates, and what could be certified.</summary>
public sealed record OwnCertificatesView(IReadOnlyList<CertificateRow> Rows, TimeSpan Final, bool MayAsk);

/// <summary>A volunteer's own certificates.</summary>
public sealed class OwnCertificates(Hub hub)
{
    public async Task<Outcome<OwnCertificatesView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this, actor.Id);
        var rows = await CertificateRows.LoadAsync(read, null, null, actor.Id, CertificateRegister.Most, ct);
        var seconds = (await FinalHours.LinesAsync(read, actor.Id, null, null, ct)).Seconds;
        return new OwnCertificatesView(rows, TimeSpan.FromSeconds(seconds), seconds > 0 && rows.All(r => r.Status != CertificateStatus.Asked));
    }
}

/// <summary>A certificate as it is printed.</summary>
/// <param name="Code">By which anybody verifies it.</param>
/// <param name="WithdrawnAt">When it was withdrawn, if it was.</param>
/// <param name="WithdrawnBecause">Why.</param>
/// <param name="IsOwn">Whether the viewer is the person of it.</param>
public sealed record CertificatePaper(CertificateId Id, string Number, string Code, CertificateStatement Statement, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, bool IsOwn);

/// <summary>A certificate to be printed: for the person, the coordinator and the auditor.</summary>
public sealed class CertificateToPrint(Hub hub)
{
    public async Task<Outcome<CertificatePaper>> LoadAsync(Actor actor, CertificateId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var certificate = await read.Db.Certificates.FirstOrDefaultAsync(c => c.Id == id, ct);
        var own = actor.Via == Via.Session && certificate?.VolunteerId == actor.Id;
        if (!own && !read.Authority.ReadsAll) return read.Denied(this, id);
        if (certificate is not { Statement: { } statement, Number: { } number }) return new CertificateNotFound();
        var withdrawn = certificate.Status == CertificateStatus.Withdrawn;
        return new CertificatePaper(id, number, read.Reveal(certificate.Code)!, statement, withdrawn ? certificate.EndedAt : null, withdrawn ? certificate.EndedWhy : null, own);
    }
}

/// <summary>What anybody who has the code is told: exactly what was issued, and what became of it.</summary>
/// <param name="Name">Whole where the person agreed to that in public, else masked (《志愿服务条例》§20).</param>
/// <param name="CorrectedAt">When hours under it were corrected last; null where they were not.</param>
/// <param name="Now">What the hours under it come to since.</param>
public sealed record VerifiedCertificate(
    string Number, string Name, CertificateStatement Statement, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, DateTimeOffset? CorrectedAt, TimeSpan Now);

/// <summary>Confirms a certificate to whoever has its code; a code that is none finds nothing, and says no more than that.</summary>
public sealed class VerifyCertificate(Hub hub)
{
    public async Task<Outcome<VerifiedCertificate>> LoadAsync(string? typed, CancellationToken ct = default)
    {
        if (CertificateCode.Read(typed) is not { } code) return new CertificateNotFound();
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var hash = SecretToken.HashOf(code);
        if (await read.Db.Certificates.FirstOrDefaultAsync(c => c.CodeHash == hash, ct) is not { Statement: { } statement } certificate) return new CertificateNotFound();
        var person = await read.Db.Volunteers.Include(v => v.Consents).FirstAsync(v => v.Id == certificate.VolunteerId, ct);
        var corrections = await CertificateRows.CorrectionsAsync(read, [certificate], ct);
        var withdrawn = certificate.Status == CertificateStatus.Withdrawn;
        return new VerifiedCertificate(
            certificate.Number!, person.HasConsented(ConsentPurpose.PublicName) ? statement.Name : MaskedName.Of(statement.Name), statement,
            withdrawn ? certificate.EndedAt : null, withdrawn ? certificate.EndedWhy : null,
            corrections.Count == 0 ? null : corrections.Max(c => c.FinalAt), TimeSpan.FromSeconds(statement.Seconds + corrections.Sum(c => c.Seconds)));
    }
}

internal static class CertificateRows
{
    /// <summary>The latest first; those that were asked for and wait before all.</summary>
    public static async Task<List<CertificateRow>> LoadAsync(HubTransaction read, string? typed, CertificateStatus? status, VolunteerId? who, int most, CancellationToken ct)
    {
        var text = typed?.Trim() ?? "";
        var found = await (from c in read.Db.Certificates
                           join v in read.Db.Volunteers on c.VolunteerId equals v.Id
                           where (status == null || c.Status == status) && (who == null || c.VolunteerId == who)
                               && (text == "" || v.Name.Contains(text) || v.Number.EndsWith(text) || c.Number!.Contains(text))
                           orderby c.Status == CertificateStatus.Asked descending, c.RequestedAt descending
                           select new { Certificate = c, v.Name, v.Number }).Take(most).ToListAsync(ct);
        var corrected = (await CorrectionsAsync(read, [.. found.Select(f => f.Certificate)], ct)).Select(c => c.Of).ToHashSet();
        return found.ConvertAll(f => new CertificateRow(
            f.Certificate.Id, f.Certificate.VolunteerId, f.Name, f.Number, f.Certificate.Status, f.Certificate.Number, f.Certificate.Statement is { } s ? s.From : f.Certificate.From,
            f.Certificate.Statement is { } t ? t.Until : f.Certificate.Until, f.Certificate.RequestedAt, f.Certificate.IssuedAt, f.Certificate.Purpose, f.Certificate.EndedWhy,
            f.Certificate.Statement?.Seconds, corrected.Contains(f.Certificate.Id)));
    }

    /// <summary>Corrections that became final after a certificate was issued, of entries under it, also of such that correct those.</summary>
    public static async Task<IReadOnlyList<(CertificateId Of, DateTimeOffset FinalAt, long Seconds)>> CorrectionsAsync(HubTransaction read, IReadOnlyList<Certificate> certificates, CancellationToken ct)
    {
        var people = certificates.Where(c => c.Statement is not null).Select(c => c.VolunteerId).Distinct().ToList();
        if (people.Count == 0) return [];
        var all = await read.Db.HourEntries.Where(h => h.Corrects != null && h.Status == HourStatus.Final && people.Contains(h.VolunteerId))
            .OrderBy(h => h.FinalAt).Select(h => new { h.Id, h.Corrects, h.FinalAt, h.CreditedSeconds }).ToListAsync(ct);
        var found = new List<(CertificateId, DateTimeOffset, long)>();
        foreach (var certificate in certificates.Where(c => c.Statement is not null))
        {
            var under = certificate.Statement!.Entries.ToHashSet();
            foreach (var correction in all.Where(c => !under.Contains(c.Id.Value)))
            {
                if (!under.Contains(correction.Corrects!.Value.Value)) continue;
                under.Add(correction.Id.Value);
                found.Add((certificate.Id, correction.FinalAt!.Value, correction.CreditedSeconds));
            }
        }

        return found;
    }
}
