using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>Shows the number to call back; the audit tells of it.</summary>
public sealed class RevealCaller(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<string>> RunAsync(Actor actor, RequestId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MayCall(request)) return work.Denied(this, id);
        if (request.Phone is null) return new RequestHasNoNumber();
        work.Note(AuditActions.Revealed, nameof(ServiceRequest), id.ToString());
        await work.SaveAsync(null, ct);
        return PhoneNumberReader.National(phones.Reveal(request.Phone));
    }
}

/// <summary>Makes the private link anew, for a resident who lost it; the one before stops working.</summary>
public sealed class RenewRequestLink(Hub hub)
{
    /// <returns>The secret: shown once, stored hashed.</returns>
    public async Task<Outcome<string>> RunAsync(Actor actor, RequestId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MaySpeakFor(request)) return work.Denied(this, id);
        var (token, hash) = SecretToken.New();
        request.RenewLink(hash, actor.Id, work.Now);
        await work.SaveRequestAsync(null, ct);
        return token;
    }
}
