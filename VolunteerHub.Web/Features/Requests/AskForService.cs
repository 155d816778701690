using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>A resident asks for service on the public page.</summary>
public sealed class AskForService(Hub hub, PhoneProtector phones)
{
    /// <param name="form">Of good shape.</param>
    /// <param name="ticket">The genuine ticket of the form that was sent.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    /// <returns>The secret of the private link. A form that is sent twice, by a nervous finger or a bad line, asks once.</returns>
    public async Task<Outcome<string>> RunAsync(RequestForm form, string ticket, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        // The ticket is random and sealed: what is derived from it cannot be guessed.
        var token = SecretToken.Derived(Encoding.UTF8.GetBytes(string.Join('\n', ticket, form.Kind, form.Need, form.Place, form.Suits, form.Phone, form.Comes)));
        var hash = SecretToken.HashOf(token);
        if (await work.Db.Requests.AnyAsync(r => r.TokenHash == hash, ct)) return token;
        var received = await work.ReceiveAsync(form.ToEntry(phones) with { Source = RequestSource.PublicForm }, hash, null, ct);
        if (received.Refused) return received.Refusal;
        await work.SaveRequestAsync(null, ct);
        return token;
    }
}

/// <summary>The request that was entered, and the private link's secret to hand to the resident.</summary>
public sealed record EnteredRequest(RequestId Id, string Number, string Token);

/// <summary>Staff enters a request on behalf of a resident.</summary>
public sealed class EnterRequest(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<EnteredRequest>> RunAsync(Actor actor, RequestForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.MayEnter()) return work.Denied(this);
        var (token, hash) = SecretToken.New();
        var received = await work.ReceiveAsync(form.ToEntry(phones), hash, actor.Id, ct);
        if (received.Refused) return received.Refusal;
        await work.SaveRequestAsync(null, ct);
        return new EnteredRequest(received.Value.Id, received.Value.Number, token);
    }
}

/// <summary>Whether the viewer may enter requests for residents.</summary>
public sealed class RequestDesk(Hub hub)
{
    public async Task<Outcome> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return read.MayEnter() ? Outcome.Done : read.Denied(this);
    }
}

internal static class Receiving
{
    /// <summary>Adds a request with the next number and its deadlines.</summary>
    public static async Task<Outcome<ServiceRequest>> ReceiveAsync(this HubTransaction work, RequestEntry entry, string tokenHash, VolunteerId? by, CancellationToken ct)
    {
        var calendar = await work.WorkCalendarAsync(ct);
        var received = ServiceRequest.Receive(entry, work.Community.IssueRequestNumber(work.Today.Year), tokenHash, by, work.Now, work.Today, calendar);
        if (!received.Refused) work.Db.Requests.Add(received.Value);
        return received;
    }
}
