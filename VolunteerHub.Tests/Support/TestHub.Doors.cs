using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>What a person at the door, or at the sign-in page, has in hand.</summary>
public sealed partial class TestHub
{
    /// <summary>The path that the run's QR code carries at this moment of the product's clock.</summary>
    public async Task<string> CodePathAsync(ServiceRun run)
    {
        var tag = (await LoadAsync(run.Id)).CheckInTag;
        return "/c/" + CheckInCode.At(tag, Get<TimeProvider>().GetUtcNow(), CheckInPolicy.Default.CodeStep, Get<ProtectionKeys>().CheckInCode);
    }

    /// <summary>Gives the actor an account with a password and answers the number to sign in with.</summary>
    public async Task<string> AccountNumberAsync(Actor actor, string password) =>
        (await AccountAsync(await LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == actor.Id)), password)).UserName!;
}
