using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>
/// Finds somebody who is expected at a run by the last four digits of the phone and the PIN. Several people may share the digits: the PIN
/// decides, and a wrong one counts against each of them. Five wrong PINs lock it for the run; the answer is the same for everything.
/// </summary>
public sealed class IdentifyByTail(Hub hub, PhoneProtector phones, CheckInPin pins)
{
    private const int Digits = 4;

    /// <param name="runId">The run at whose door the person stands.</param>
    /// <param name="among">Who is expected there.</param>
    /// <param name="proof">As typed.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<VolunteerId>> RunAsync(RunId runId, IReadOnlySet<VolunteerId> among, PinProof proof, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var most = work.Community.CheckIn.PinFailures;
        if (proof.LastFour is not { Length: Digits } tail || !tail.All(char.IsAsciiDigit) || !CheckInPin.IsWellFormed(proof.Pin)) return new NotIdentified(most);
        var (index, expected) = (phones.TailIndex(tail), among.ToList());
        var people = await work.Db.Volunteers.Where(v => v.Phone!.TailIndex == index && v.Status == VolunteerStatus.Active && expected.Contains(v.Id)).ToListAsync(ct);
        var ids = people.ConvertAll(v => v.Id);
        var failures = await work.Db.PinFailures.Where(f => f.RunId == runId && ids.Contains(f.VolunteerId)).ToDictionaryAsync(f => f.VolunteerId, ct);
        var open = people.Where(v => failures.GetValueOrDefault(v.Id)?.Count is not { } count || count < most).ToList();
        var right = open.Where(v => pins.Matches(v.Id, proof.Pin!, v.PinHash)).ToList();
        if (right.Count == 0)
        {
            foreach (var who in open)
            {
                if (!failures.TryGetValue(who.Id, out var counted)) work.Db.PinFailures.Add(counted = new PinFailures(runId, who.Id));
                counted.Add();
            }
        }
        else if (right.Count == 1 && failures.TryGetValue(right[0].Id, out var before))
        {
            before.Clear();
        }

        await work.SaveAsync(null, ct);
        // Two people with the same digits and the same PIN: nobody can say who it is.
        return right.Count == 1 ? right[0].Id : new NotIdentified(most);
    }
}
