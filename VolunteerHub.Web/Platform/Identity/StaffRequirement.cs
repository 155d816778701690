using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Platform.Identity;

public sealed class StaffRequirement : IAuthorizationRequirement;

/// <summary>Opens the screens for leaders to whom has something there. What each may see there, the views decide.</summary>
public sealed class StaffHandler(Hub hub) : AuthorizationHandler<StaffRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        if (ActorClaims.ActorOf(context.User) is not { } actor) return;
        await using var read = await hub.ReadAsync(actor, CancellationToken.None);
        if (read.Authority.IsStaff || await LeadsARunNowAsync(read)) context.Succeed(requirement);
    }

    private static async Task<bool> LeadsARunNowAsync(HubTransaction read)
    {
        var (from, to) = (read.Now - read.Community.Duty.LeadAfter, read.Now + read.Community.Duty.LeadBefore);
        var mine = read.Db.Assignments.Where(a => a.VolunteerId == read.Actor.Id && a.Status == AssignmentStatus.Accepted && a.Start <= to && a.End >= from.AddDays(-1)).Select(a => a.RunId);
        var runs = await read.WholeRuns.Where(r => mine.Contains(r.Id) && r.StartsAt <= to && r.EndsAt > from).ToListAsync();
        return runs.Exists(r => read.Authority.IsRunLead(r) || read.Authority.HoldsBoard(r));
    }
}
