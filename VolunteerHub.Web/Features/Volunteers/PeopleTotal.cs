using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>How many people a filter means.</summary>
/// <param name="Count">The number, counted no further than <see cref="PeopleTotal.Cap"/>.</param>
/// <param name="IsMore">Whether there are more than that.</param>
public sealed record PeopleCount(int Count, bool IsMore);

/// <summary>Counts whom a filter means, up to a cap: nobody needs to know more, and everybody would wait for it. Asked for after the page is shown.</summary>
public sealed class PeopleTotal(Hub hub, PhoneProtector phones)
{
    public const int Cap = 10_000;

    public async Task<Outcome<PeopleCount>> LoadAsync(Actor actor, PeopleFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var people = await PeopleQueries.PlannedAsync(read, filter, phones, ct);
        var count = await people.Take(Cap + 1).CountAsync(ct);
        return new PeopleCount(Math.Min(count, Cap), count > Cap);
    }
}
