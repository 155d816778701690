using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Makes a few requests of residents in every state, each as it would have come there.</summary>
internal sealed class DemoRequests(DemoData data, DateTimeOffset now, PhoneProtector phones)
{
    private const string Digits = "9988";

    private readonly List<(DemoRequest Wanted, ServiceRequest Request)> _made = [];

    public IEnumerable<ServiceRequest> Requests => _made.Select(m => m.Request);

    /// <summary>Takes what was asked for, oldest first; before the community that gives the numbers is saved.</summary>
    public void Receive(Community community)
    {
        var calendar = new WorkCalendar([HolidayNotice.Shipped]);
        foreach (var wanted in data.Requests.OrderByDescending(r => r.DaysAgo))
        {
            var (at, day) = (AtOf(wanted), DayOf(AtOf(wanted), community.Zone));
            var phone = wanted.Tail is null ? null : phones.Protect(data.PhonePrefix + Digits + wanted.Tail);
            var entry = new RequestEntry(wanted.Kind, wanted.Source, BeneficiaryGroups.None, wanted.Need, wanted.Place, wanted.Suits, phone, Comes: phone is null);
            var received = ServiceRequest.Receive(entry, community.IssueRequestNumber(day.Year), SecretToken.New().Hash, null, at, day, calendar);
            if (received.Value is { } request) _made.Add((wanted, request));
        }
    }

    /// <summary>Brings each as far as it has come.</summary>
    public void Finish(DemoCast cast, IReadOnlyList<ServiceRun> runs)
    {
        var coordinator = cast.People.First(p => p.Volunteer.Name == data.Accounts[0].Name).Id;
        foreach (var (wanted, request) in _made) Finish(wanted, request, coordinator, cast, runs);
    }

    private void Finish(DemoRequest wanted, ServiceRequest request, VolunteerId coordinator, DemoCast cast, IReadOnlyList<ServiceRun> runs)
    {
        var at = AtOf(wanted);
        if (wanted.Status == RequestStatus.Refused) request.Refuse(wanted.Note ?? "", coordinator, at.AddHours(5));
        if (wanted.Team is not { } code) return;
        var team = cast.Team(code).Id;
        var leader = cast.PlannerOf(team);
        request.Dispatch(team, coordinator, at.AddHours(2));
        if (wanted.Status == RequestStatus.HandedBack) request.HandBack(wanted.Note ?? "", leader, at.AddHours(4));
        if (wanted.Status is RequestStatus.Dispatched or RequestStatus.HandedBack) return;
        request.Accept(leader, at.AddHours(6));
        if (wanted.Status == RequestStatus.Accepted) return;
        var run = runs.Where(r => r.HostTeamId == team && r.StartsAt > now && r.Status == RunStatus.Published).MinBy(r => r.StartsAt);
        if (wanted.Status == RequestStatus.InHand && run is not null) request.Attach(run, leader, at.AddHours(8));
        if (wanted.Status is not (RequestStatus.Closed or RequestStatus.Rated)) return;
        var done = at.AddDays(3);
        request.Close(new RequestResult(wanted.Result, wanted.Mediation, cast.DayOf(done)), leader, done, cast.DayOf(done));
        if (wanted.Status == RequestStatus.Rated) request.Rate(wanted.Stars, wanted.Words, done.AddHours(20), cast.Zone);
    }

    private DateTimeOffset AtOf(DemoRequest wanted) => now.AddDays(-wanted.DaysAgo).AddMinutes(-20);

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
