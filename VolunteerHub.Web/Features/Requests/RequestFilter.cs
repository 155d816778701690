using VolunteerHub.Domain.Requests;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>The columns of the board, and what ended without having been done.</summary>
public enum RequestStage
{
    /// <summary>待派单</summary>
    ToDispatch,

    /// <summary>已派单</summary>
    Dispatched,

    /// <summary>办理中</summary>
    InHand,

    /// <summary>已办结，待评</summary>
    Done,

    /// <summary>已评</summary>
    Rated,

    /// <summary>未办理: refused or withdrawn; no column of the board.</summary>
    Ended,
}

/// <summary>Which requests are wanted. All of it stands in the address: no personal data.</summary>
/// <param name="Stage">One stage; null is all that are open in a list, all columns on the board.</param>
/// <param name="Team">Code of the team that has them.</param>
/// <param name="Kind">What they are about.</param>
/// <param name="Source">By which way they came.</param>
/// <param name="Overdue">Only those that wait longer than was promised.</param>
/// <param name="Number">Only those whose number ends so.</param>
public sealed record RequestFilter(RequestStage? Stage = null, string? Team = null, RequestKind? Kind = null, RequestSource? Source = null, bool Overdue = false, string? Number = null)
{
    /// <summary>The fields as they stand in an address; empty ones are left out.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Stage is { } stage) yield return ("stage", stage.ToString());
        if (!string.IsNullOrEmpty(Team)) yield return ("team", Team);
        if (Kind is { } kind) yield return ("kind", kind.ToString());
        if (Source is { } source) yield return ("source", source.ToString());
        if (Overdue) yield return ("overdue", "true");
        if (!string.IsNullOrEmpty(Number)) yield return ("number", Number);
    }

    /// <summary>What of the requests this lets through.</summary>
    public IQueryable<ServiceRequest> Of(IQueryable<ServiceRequest> all, TeamId? team, DateOnly today)
    {
        if (Kind is { } kind) all = all.Where(r => r.Kind == kind);
        if (Source is { } source) all = all.Where(r => r.Source == source);
        if (!string.IsNullOrEmpty(Team)) all = all.Where(r => r.TeamId == team);
        if (!string.IsNullOrEmpty(Number)) all = all.Where(r => r.Number.EndsWith(Number));
        return Overdue ? OverdueOf(all, today) : all;
    }

    /// <summary>Those that wait longer than was promised.</summary>
    public static IQueryable<ServiceRequest> OverdueOf(IQueryable<ServiceRequest> all, DateOnly today) => all.Where(r =>
        (r.Status == RequestStatus.New || r.Status == RequestStatus.HandedBack || r.Status == RequestStatus.Dispatched) && r.AcceptBy < today
        || (r.Status == RequestStatus.Accepted || r.Status == RequestStatus.InHand) && r.CloseBy < today);
}

/// <summary>Which stage a status belongs to.</summary>
public static class RequestStages
{
    /// <summary>The columns of the board, in order.</summary>
    public static readonly IReadOnlyList<RequestStage> Columns = [RequestStage.ToDispatch, RequestStage.Dispatched, RequestStage.InHand, RequestStage.Done, RequestStage.Rated];

    /// <summary>Those in which somebody has to do something.</summary>
    public static readonly IReadOnlyList<RequestStage> Open = [RequestStage.ToDispatch, RequestStage.Dispatched, RequestStage.InHand];

    public static RequestStage Stage(this RequestStatus status) => status switch
    {
        RequestStatus.New or RequestStatus.HandedBack => RequestStage.ToDispatch,
        RequestStatus.Dispatched => RequestStage.Dispatched,
        RequestStatus.Accepted or RequestStatus.InHand => RequestStage.InHand,
        RequestStatus.Closed => RequestStage.Done,
        RequestStatus.Rated => RequestStage.Rated,
        _ => RequestStage.Ended,
    };

    public static IReadOnlyList<RequestStatus> Statuses(this RequestStage stage) => [.. Enum.GetValues<RequestStatus>().Where(s => s.Stage() == stage)];
}
