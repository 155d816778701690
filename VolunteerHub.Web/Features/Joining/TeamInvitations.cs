using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>A team's invitation that is not used yet.</summary>
/// <param name="By">Who made it.</param>
public sealed record OpenInvitation(Guid Id, string? By, DateTimeOffset MadeAt, DateTimeOffset Until);

public sealed record TeamInvitationsView(TeamId Id, string Code, string Name, string Colour, string Glyph, IReadOnlyList<OpenInvitation> Open, int UsedLately, bool MayInvite);

/// <summary>The invitations of a team that still work. Which links they are nobody can tell any more: a link is shown once.</summary>
public sealed class TeamInvitations(Hub hub)
{
    private const int LatelyDays = 30;

    public async Task<Outcome<TeamInvitationsView>> LoadAsync(Actor actor, string code, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var team = await read.Db.Teams.FirstOrDefaultAsync(t => t.Code == code, ct);
        if (!read.Authority.IsAuditor && (team is null ? !read.Authority.IsCoordinator : !read.Authority.MayLead(team.Id))) return read.Denied(this, code);
        if (team is null) return new TeamNotFound();
        var (now, lately) = (read.Now, read.Now.AddDays(-LatelyDays));
        var ofTeam = read.Db.OneUseLinks.Where(l => l.Use == LinkUse.Join && l.TeamId == team.Id);
        var open = await (from link in ofTeam.Where(l => l.UsedAt == null && l.RevokedAt == null && l.ExpiresAt > now)
                          join maker in read.Db.Volunteers on link.MadeBy equals maker.Id into makers
                          from maker in makers.DefaultIfEmpty()
                          orderby link.MadeAt descending
                          select new OpenInvitation(link.Id, maker == null ? null : maker.Name, link.MadeAt, link.ExpiresAt)).ToListAsync(ct);
        return new TeamInvitationsView(
            team.Id, team.Code, team.Name, team.Colour, team.Glyph, open, await ofTeam.CountAsync(l => l.UsedAt > lately, ct),
            !team.IsClosed && read.Authority.MayLead(team.Id));
    }
}

/// <summary>Makes a one-use invitation into a team.</summary>
public sealed class InviteToTeam(Hub hub)
{
    public async Task<Outcome<TeamLink>> RunAsync(Actor actor, TeamId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayLead(id)) return work.Denied(this, id);
        var team = await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == id, ct);
        if (team is null) return new TeamNotFound();
        if (team.IsClosed) return new TeamClosed(team.Name);
        var life = work.Community.Joining.InvitationLife;
        var token = await work.NewLinkAsync(LinkUse.Join, life, null, id, ct);
        await work.SavePeopleAsync(ct);
        return new TeamLink(team.Name, $"/join/{token}", work.Now + life);
    }
}

/// <summary>An invitation into a team, as it is handed out once.</summary>
public sealed record TeamLink(string Team, string Path, DateTimeOffset Until);

/// <summary>Takes an invitation back; it does not open anything from then on.</summary>
public sealed class RevokeInvitation(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, Guid id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var link = await work.Db.OneUseLinks.FirstOrDefaultAsync(l => l.Id == id && l.Use == LinkUse.Join, ct);
        if (link?.TeamId is not { } team || !work.Authority.MayLead(team)) return work.Denied(this, id);
        if (!link.WorksAt(work.Now)) return new LinkOver();
        link.Revoke(work.Now);
        return await work.SavePeopleAsync(ct);
    }
}
