using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

/// <summary>Whatever is done with a request in whatever order, it is somewhere, and what was done is known.</summary>
public sealed class RequestProperties
{
    private static readonly DateTimeOffset Start = TestHub.Morning;
    private static readonly VolunteerId Somebody = VolunteerId.New();
    private static readonly TeamId[] Teams = [The.HealthTeam, The.LawTeam];
    private static readonly ServiceRun[] Runs = [ServiceRequestTests.RunOf(The.HealthTeam, Start.AddYears(1)), ServiceRequestTests.RunOf(The.LawTeam, Start.AddYears(1))];

    private static readonly Gen<(Verb Verb, int Pick, int Hours)[]> Sequences =
        Gen.Select(Gen.Enum<Verb>(), Gen.Int[0, 6], Gen.Int[0, 60]).Array[1, 40];

    private enum Verb
    {
        Dispatch,
        Accept,
        HandBack,
        Attach,
        Close,
        Rate,
        Refuse,
        Withdraw,
        Classify,
        RenewLink,
    }

    [Fact]
    public void No_sequence_of_verbs_loses_a_request_or_its_history_and_a_rating_exists_only_for_closed_ones()
    {
        int done = 0, refused = 0, rated = 0;
        Gen.Select(Gen.Bool, Sequences).Sample((mediation, sequence) =>
        {
            var now = Start;
            var request = Asked.Request(now, Asked.Entry(mediation ? RequestKind.Mediation : RequestKind.Care));
            var wasClosed = false;
            foreach (var (verb, pick, hours) in sequence)
            {
                now = now.AddHours(hours);
                var (before, state) = (request.Steps.ToList(), Snapshot(request));
                var outcome = Do(request, verb, pick, now);
                // Steps are only ever added; a refusal changes nothing.
                Assert.Equal(before, request.Steps.Take(before.Count));
                if (outcome.Refused)
                {
                    Assert.Equal(state, Snapshot(request));
                    Interlocked.Increment(ref refused);
                }
                else
                {
                    Assert.True(request.Steps.Count == before.Count + 1 || verb == Verb.Classify, $"{verb} left no step");
                    Interlocked.Increment(ref done);
                }

                wasClosed |= request.Status == RequestStatus.Closed;
                Assert.Equal(request.Status == RequestStatus.Rated, request.Stars is not null);
                Assert.True(request.Stars is null || wasClosed, "A rating without anything to rate");
                Assert.Equal(request.Status is RequestStatus.Closed or RequestStatus.Rated, request.ClosedOn is not null);
                Assert.True(request.Kind != RequestKind.Mediation || (request.Need ?? request.Place ?? request.Suits ?? request.Result ?? request.RatingWords) is null, "Words of a mediation");
                // Whoever has to do something about it is known: the coordinator, or a team.
                if (request.Status is RequestStatus.New or RequestStatus.HandedBack) Assert.Null(request.TeamId);
                else if (request.IsOpen) Assert.NotNull(request.TeamId);
                if (request.Status == RequestStatus.InHand) Assert.NotNull(request.RunId);
                Assert.Equal(request.IsOpen, request.DueOn is not null);
            }

            if (request.Stars is not null) Interlocked.Increment(ref rated);
        }, iter: 3000);
        // The sample is worth something.
        Assert.True(done > 1000 && refused > 1000 && rated > 0, $"{done} {refused} {rated}");
    }

    private static Outcome Do(ServiceRequest request, Verb verb, int pick, DateTimeOffset now) => verb switch
    {
        Verb.Dispatch => request.Dispatch(Teams[pick % 2], Somebody, now),
        Verb.Accept => request.Accept(Somebody, now),
        Verb.HandBack => request.HandBack(pick == 0 ? "" : "人手不够", Somebody, now),
        Verb.Attach => request.Attach(Runs[pick % 2], Somebody, now),
        Verb.Close => request.Close(new RequestResult(pick % 2 == 0 ? "办好了" : null, (MediationResult)(pick % 4), TestHub.DayOf(now)), Somebody, now, TestHub.DayOf(now)),
        Verb.Rate => request.Rate(pick, pick % 2 == 0 ? "好" : null, now, TestHub.Zone),
        Verb.Refuse => request.Refuse(pick == 0 ? "" : "不在范围", Somebody, now),
        Verb.Withdraw => request.Withdraw(pick == 0 ? null : "不需要了", pick % 2 == 0 ? null : Somebody, now),
        Verb.Classify => request.Classify(pick == 0 ? RequestKind.Mediation : request.Kind, BeneficiaryGroups.None, Somebody, now),
        _ => Renewed(request, now),
    };

    private static Outcome Renewed(ServiceRequest request, DateTimeOffset now)
    {
        request.RenewLink(Guid.CreateVersion7().ToString(), Somebody, now);
        return Outcome.Done;
    }

    private static string Snapshot(ServiceRequest r) =>
        $"{r.Status} {r.Kind} {r.TeamId} {r.RunId} {r.Result} {r.MediationResult} {r.ClosedOn} {r.EndedBecause} {r.Stars} {r.RatingWords} {r.RatedAt} {r.Need} {r.TokenHash} {r.Steps.Count}";
}
