using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>The coordinator adds a team.</summary>
public sealed class OpenTeam(Hub hub)
{
    private const int LongestCode = 6;

    /// <param name="actor">Who adds it.</param>
    /// <param name="form">A form that holds.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The code by which addresses name the team.</returns>
    public async Task<Outcome<string>> RunAsync(Actor actor, TeamForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        var teams = await work.Db.Teams.ToListAsync(ct);
        var name = form.Name.Trim();
        if (teams.Exists(t => t.Name == name)) return new TeamNameTaken(name);
        var team = new Team(
            FreeCode(name, [.. teams.Select(t => t.Code)]), name, form.Glyph.Trim(), form.Line, namedBySource: false,
            teams.Select(t => t.Order).DefaultIfEmpty().Max() + 1, form.Colour.Token());
        team.Revise(team.Name, team.Glyph, team.Colour, team.Line, TeamForm.Text(form.About), team.Order);
        work.Db.Teams.Add(team);
        await work.SavePeopleAsync(ct);
        return team.Code;
    }

    /// <summary>Initials of the name, with a number where another team has them.</summary>
    private static string FreeCode(string name, HashSet<string> taken)
    {
        var initials = PersonNames.InitialsOf(name).ToLowerInvariant();
        var start = initials.Length == 0 ? "team" : initials[..Math.Min(LongestCode, initials.Length)];
        var code = start;
        for (var n = 2; taken.Contains(code); n++) code = $"{start}{n}";
        return code;
    }
}
