using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>The community takes no open applications; leaders still invite.</summary>
public sealed record ApplicationsClosed : Refusal;

/// <summary>A team that somebody may wish for.</summary>
public sealed record TeamChoice(string Code, string Name, string Colour, string Glyph, string? About);

/// <param name="Teams">Those that can be joined.</param>
/// <param name="RetentionYears">For how long records are kept after somebody left.</param>
/// <param name="Custodian">Who answers for the records.</param>
/// <param name="Invitation">By whom and where to; null on the open form.</param>
public sealed record JoinView(IReadOnlyList<TeamChoice> Teams, int RetentionYears, string? Custodian, InvitedTo? Invitation = null);

/// <summary>What an invitation says.</summary>
public sealed record InvitedTo(TeamChoice Team, string? By, DateTimeOffset Until);

/// <summary>What the forms for joining show: the teams, and what is kept of whom.</summary>
public sealed class JoinFormData(Hub hub)
{
    /// <summary>The open form.</summary>
    public async Task<Outcome<JoinView>> LoadAsync(CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        return read.Community.Joining.OpenApplications ? await ViewAsync(read, null, ct) : new ApplicationsClosed();
    }

    /// <summary>The form that a leader's invitation opens.</summary>
    public async Task<Outcome<JoinView>> LoadByLinkAsync(string token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.LinkAsync(token, ct, LinkUse.Join) is not { } link) return new LinkOver();
        if (await read.Db.Teams.FirstOrDefaultAsync(t => t.Id == link.TeamId && t.ClosedOn == null, ct) is not { } team) return new LinkOver();
        var by = await read.Db.Volunteers.Where(v => v.Id == link.MadeBy).Select(v => v.Name).FirstOrDefaultAsync(ct);
        return await ViewAsync(read, new InvitedTo(new TeamChoice(team.Code, team.Name, team.Colour, team.Glyph, team.About), by, link.ExpiresAt), ct);
    }

    private static async Task<JoinView> ViewAsync(HubTransaction read, InvitedTo? invitation, CancellationToken ct) => new(
        await read.Db.Teams.Where(t => t.ClosedOn == null).OrderBy(t => t.Order).Select(t => new TeamChoice(t.Code, t.Name, t.Colour, t.Glyph, t.About)).ToListAsync(ct),
        read.Community.Privacy.RetentionYears, read.Community.Privacy.Custodian, invitation);
}

/// <summary>
/// Somebody applies by the open form. One application waits for each phone number; whether the number is known, applied
/// before or is new, the answer is the same.
/// </summary>
public sealed class ApplyToJoin(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    /// <param name="form">Of good shape.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(JoinForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (!work.Community.Joining.OpenApplications) return new ApplicationsClosed();
        var phone = phones.Protect(PhoneNumberReader.Read(form.Phone)!);
        if (await work.Db.JoinApplications.AnyAsync(a => a.Status == ApplicationStatus.Waiting && a.Phone!.WholeIndex == phone.WholeIndex, ct)) return Outcome.Done;
        var team = await work.Db.Teams.Where(t => t.Code == form.Team && t.ClosedOn == null).Select(t => (TeamId?)t.Id).FirstOrDefaultAsync(ct);
        work.Db.JoinApplications.Add(new JoinApplication(Applicants.Of(form, phone, fields), team, work.Now));
        return await work.SavePeopleAsync(ct);
    }
}

internal static class Applicants
{
    /// <summary>What the form says, sealed; what only minors are asked for is dropped elsewhere.</summary>
    public static Applicant Of(JoinForm form, ProtectedPhone phone, FieldProtector fields) => new(
        form.Name, phone, fields.Protect(form.BornOn), fields.Protect(form.Guardian), form.Languages, form.SkillList, form.Lines,
        form.Message.Length == 0 ? null : form.Message,
        [.. form.Consents.Where(purpose => purpose != ConsentPurpose.SensitiveData || form.Minor)]);
}
