using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>What residents ask for.</summary>
public static class Asked
{
    public const string Phone = "13904705566";

    public static RequestEntry Entry(RequestKind kind = RequestKind.Health, string? need = "给老人量血压", RequestSource source = RequestSource.PublicForm) =>
        new(kind, source, BeneficiaryGroups.None, kind == RequestKind.Mediation ? null : need, null, null, null, Comes: true);

    /// <summary>Asked at this hour, without a number.</summary>
    public static ServiceRequest Request(DateTimeOffset now, RequestEntry? entry = null) =>
        ServiceRequest.Receive(entry ?? Entry(), "2026-D0001", Guid.CreateVersion7().ToString(), null, now, TestHub.DayOf(now), new WorkCalendar([])).Value
        ?? throw new InvalidOperationException("Such a request is not taken.");
}

/// <summary>Requests that are stored.</summary>
public sealed partial class TestHub
{
    /// <summary>A request that came now, with a number to call back.</summary>
    /// <param name="team">The team that it was sent to; null leaves it waiting.</param>
    /// <param name="accepted">Whether the team accepted it.</param>
    /// <param name="entry">What was said.</param>
    /// <param name="by">Who entered it.</param>
    /// <param name="done">Whether it is closed.</param>
    public async Task<(RequestId Id, string Token)> RequestAsync(Team? team = null, bool accepted = false, RequestEntry? entry = null, VolunteerId? by = null, bool done = false)
    {
        var (token, hash) = SecretToken.New();
        await using var db = await DbAsync();
        var community = await db.Communities.SingleAsync();
        var said = (entry ?? Asked.Entry()) with { Phone = Get<PhoneProtector>().Protect("+86" + Asked.Phone) };
        var request = ServiceRequest.Receive(said, community.IssueRequestNumber(Today.Year), hash, by, Now, Today, new WorkCalendar([])).Value!;
        if (team is not null) request.Dispatch(team.Id, default, Now);
        if (accepted) request.Accept(default, Now);
        if (done) request.Close(new RequestResult("已上门量血压", null, Today), default, Now, Today);
        db.Requests.Add(request);
        await db.SaveChangesAsync();
        return (request.Id, token);
    }

    /// <summary>The request as it is stored.</summary>
    public Task<ServiceRequest> RequestAsync(RequestId id) => LookAsync(db => db.Requests.SingleAsync(r => r.Id == id));
}
