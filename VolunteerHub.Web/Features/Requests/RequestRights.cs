using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>
/// Who may do what with requests: the coordinator all, the auditor looks, leaders see those that are with their teams
/// and those that they entered, and do those that are with their teams. Volunteers see none.
/// </summary>
internal static class RequestRights
{
    /// <summary>The requests that the actor may see.</summary>
    public static IQueryable<ServiceRequest> VisibleRequests(this HubTransaction read)
    {
        if (read.Authority.ReadsAll) return read.Db.Requests;
        var (me, leads) = ((VolunteerId?)read.Actor.Id, read.Authority.Leads.Select(t => (TeamId?)t).ToList());
        return leads.Count == 0 ? read.Db.Requests.Where(r => false) : read.Db.Requests.Where(r => leads.Contains(r.TeamId) || r.EnteredBy == me);
    }

    public static Task<ServiceRequest?> RequestAsync(this HubTransaction work, RequestId id, CancellationToken ct) =>
        work.Db.Requests.FirstOrDefaultAsync(r => r.Id == id, ct);

    public static bool MaySee(this HubTransaction read, ServiceRequest request) =>
        read.Authority.ReadsAll || read.MayDo(request) || read.Entered(request);

    /// <summary>Whether the actor may accept it, give it back, have a run do it and close it.</summary>
    public static bool MayDo(this HubTransaction work, ServiceRequest request) =>
        work.Authority.IsCoordinator || request.TeamId is { } team && work.Authority.MayLead(team);

    /// <summary>Whether the actor stands in for the resident: takes it back, hands over the private link.</summary>
    public static bool MaySpeakFor(this HubTransaction work, ServiceRequest request) => work.MayDo(request) || work.Entered(request);

    /// <summary>Whether the actor may see the number to call back.</summary>
    public static bool MayCall(this HubTransaction work, ServiceRequest request) => work.Authority.ReadsAll || work.MayDo(request);

    /// <summary>Whether the actor may enter requests for residents.</summary>
    public static bool MayEnter(this HubTransaction work) => work.Authority.IsCoordinator || work.Authority.Leads.Count > 0;

    /// <summary>The answer where there is no such request: to who has none to look after it is none of their business.</summary>
    public static Refusal NoRequest(this HubTransaction work, object job, RequestId id) => work.Authority.IsStaff ? new RequestNotFound() : work.Denied(job, id);

    private static bool Entered(this HubTransaction read, ServiceRequest request) => read.Authority.Leads.Count > 0 && request.EnteredBy == read.Actor.Id;
}
