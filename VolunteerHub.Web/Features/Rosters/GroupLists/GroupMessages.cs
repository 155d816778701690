using System.Globalization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>Writes the messages that a leader pastes into the group.</summary>
public sealed class GroupMessages(IStringLocalizer<Texts> texts, CommunityTime time)
{
    /// <summary>A post that takes everybody who comes still gets a list that fits a phone.</summary>
    private const int MostLines = 20;

    /// <summary>Who is on duty, by run, time and post.</summary>
    public string Roster(IEnumerable<GroupRun> runs) => Joined(runs.Where(r => !r.IsDraft).Select(run => new[] { texts["Group.RosterHead", run.Title].Value }
        .Concat(Where(run))
        .Concat(run.Shifts.SelectMany(shift => Times(run, shift).Concat(shift.Posts.Select(On))))));

    /// <summary>Open seats as a list to go on with: numbered lines under each post.</summary>
    public string OpenSeats(IEnumerable<GroupRun> runs)
    {
        var open = runs.Where(r => r.Room > 0).ToList();
        if (open.Count == 0) return "";
        var number = 0;
        return Joined(open.Select(run => new[] { texts["Group.OpenHead", run.Title].Value }
                .Concat(Where(run))
                .Concat(run.Shifts.Where(s => s.Posts.Any(p => p.Room > 0)).SelectMany(shift => Times(run, shift).Concat(shift.Posts.Where(p => p.Room > 0).SelectMany(Free)))))
            .Prepend([texts["Group.Start"], texts["Group.HowTo"]]));

        IEnumerable<string> Free(GroupPost post)
        {
            yield return texts["Group.OpenPost", post.Name, post.Missing > 0 ? texts["Group.Needs", post.Missing].Value : texts["Group.MayCome", post.Room].Value, Asks(post)];
            for (var i = 0; i < Math.Min(post.Room, MostLines); i++) yield return (++number).ToString(CultureInfo.InvariantCulture) + ". ";
        }
    }

    private IEnumerable<string> Where(GroupRun run)
    {
        yield return $"{time.Day(run.Slot.Start)} {time.Span(run.Slot)} {run.Site ?? texts["Group.VisitPlace"].Value}";
        if (run.MeetAt is { Length: > 0 } meet) yield return texts["Group.MeetAt", meet];
        if (run.Bring is { Length: > 0 } bring) yield return texts["Group.Bring", bring];
    }

    private IEnumerable<string> Times(GroupRun run, GroupShift shift)
    {
        if (run.Shifts.Count > 1) yield return texts["Group.Shift", time.Day(shift.Slot.Start), time.Span(shift.Slot)];
    }

    private string On(GroupPost post) => texts["Group.OnPost", post.Name, (post.People.Count, post.Missing) switch
    {
        (0, 0) => texts["Group.Nobody"].Value,
        (0, var missing) => texts["Group.Missing", missing].Value,
        (_, 0) => string.Join(texts["List.Separator"], post.People),
        (_, var missing) => string.Join(texts["List.Separator"], post.People) + texts["Group.AndMissing", missing].Value,
    }];

    private string Asks(GroupPost post) => string.Concat(
        new[] { post.Qualification is { } kind ? texts["Group.Asks", kind].Value : null, post.Language is { } code ? texts["Group.Speaks", texts[$"Language.{code}"].Value].Value : null }.OfType<string>());

    private static string Joined(IEnumerable<IEnumerable<string>> blocks) => string.Join("\n\n", blocks.Select(lines => string.Join('\n', lines)));
}
