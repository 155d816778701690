using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>
/// A person gives a consent, or takes one back. Without the consent to keep service records, or that for the data of a
/// minor, nobody can be put on duty: taking it back is a pause.
/// </summary>
public sealed class ChangeOwnConsent(Hub hub, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Whose consent it is.</param>
    /// <param name="purpose">To what.</param>
    /// <param name="given">Whether it is given or taken back.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, ConsentPurpose purpose, bool given, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.Include(v => v.Consents).FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        if (me.Closed is { } closed) return closed;
        if (given)
        {
            me.Agree(purpose, ConsentWay.Online, me.Id, work.Now);
            return await work.SavePeopleAsync(ct);
        }

        IReadOnlyList<RunId> touched = [];
        if (purpose is ConsentPurpose.ServiceRecord or ConsentPurpose.SensitiveData && me.Status == VolunteerStatus.Active)
        {
            var paused = await work.PauseSelfAsync(me, texts["Own.PausedWhy"], ct);
            if (paused.Refused) return paused.Refusal;
            touched = paused.Value;
        }

        me.WithdrawConsent(purpose, work.Now);
        return await work.SavePeopleAsync(touched, ct);
    }
}
