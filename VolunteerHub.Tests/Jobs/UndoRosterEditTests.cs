using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A change of rosters that was made at once is undone at once.</summary>
public sealed class UndoRosterEditTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private TestCast _cast = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        _cast = await TestCast.OnAsync(_hub);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Who_was_put_into_the_draft_leaves_it()
    {
        Assert.Equal(1, (await UndoAsync()).Value!.Undone);
        Assert.False(await HoldsAsync());
        Assert.IsType<UndoneAlready>((await UndoAsync()).Refusal);
    }

    [Fact]
    public async Task What_was_published_since_stays_and_is_told()
    {
        await _hub.PublishAsync(_cast.LeaderOfHealth, _cast.Next.Id, _cast.Next.DraftIds());
        var undone = (await UndoAsync()).Value!;
        Assert.Equal((0, new NotPutBack(_cast.OnRoster.Name, "引导", new PublishedSince())), (undone.Undone, Assert.Single(undone.Left)));
        Assert.True(await HoldsAsync());
    }

    [Fact]
    public async Task Who_was_taken_off_comes_back_with_the_reason_that_was_given_then()
    {
        await using (var work = await _hub.Get<Web.Data.Hub>().BeginAsync(_cast.LeaderOfHealth, default))
        {
            var changes = await RosterChanges.OpenAsync(work, [_cast.Next.Id], [_cast.Free.Id], default);
            Assert.False(changes.TakeOff(_cast.Next.Id, _cast.Next.SeatOf(_cast.OnRoster).Id).Refused);
            Assert.False(changes.Put(_cast.Next.Id, _cast.Next.PostNamed("引导").Id, _cast.Free.Id, AssignmentOrigin.Proposal).Refused);
            Assert.NotNull(await changes.SaveAsync(RosterEditKind.Repair, default));
        }

        Assert.False(await HoldsAsync());
        var edit = await _hub.LookAsync(db => db.RosterEdits.Where(e => e.Kind == RosterEditKind.Repair).Select(e => e.Id).SingleAsync());
        var undone = (await _hub.Get<UndoRosterEdit>().RunAsync(_cast.LeaderOfHealth, edit)).Value!;
        Assert.Equal((2, 0), (undone.Undone, undone.Left.Count));
        Assert.True(await HoldsAsync());
        Assert.False(await HoldsAsync(_cast.Free.Id));
    }

    [Fact]
    public async Task What_a_leader_decided_is_pinned_and_what_a_proposal_did_is_not()
    {
        var seat = _cast.Next.SeatOf(_cast.OnRoster);
        Assert.False(seat.MayBeMoved);
        Assert.False((await _hub.Get<PinSeat>().RunAsync(_cast.LeaderOfHealth, _cast.Next.Id, seat.Id, pinned: false)).Refused);
        Assert.True(await _hub.LookAsync(db => db.Assignments.Where(a => a.Id == seat.Id).Select(a => a.MayBeMoved).SingleAsync()));
    }

    private Task<VolunteerHub.Domain.Common.Outcome<UndoneEdit>> UndoAsync() => _hub.Get<UndoRosterEdit>().RunAsync(_cast.LeaderOfHealth, _cast.Edit);

    private async Task<bool> HoldsAsync(VolunteerHub.Domain.Common.VolunteerId? who = null) =>
        (await _hub.LookAsync(db => db.Assignments.Where(a => a.RunId == _cast.Next.Id).ToListAsync())).Exists(a => a.Holds && a.VolunteerId == (who ?? _cast.OnRoster.Id));
}
