namespace VolunteerHub.Domain.Runs;

/// <summary>How a run is planned when one head of a post serves for a part of its shift only.</summary>
public sealed partial class ServiceRun
{
    /// <summary>The plan in which one empty head of a post gets a shift of its own.</summary>
    /// <param name="id">The post; one of its heads is empty.</param>
    /// <param name="part">The part of the shift's time that the head serves.</param>
    /// <returns>The plan; null where the post is not there or has no empty head.</returns>
    public RunPlan? AsPlanSplitting(PostId id, TimeSlot part)
    {
        if (Find(id) is not var (shift, post) || Heads(post) >= post.Max) return null;
        var plan = AsPlan();
        var own = new PostPlan(null, post.Name, 1, 1, post.IsLead, post.Qualification, post.Language, post.CoTeamId);
        var shifts = new List<ShiftPlan>();
        foreach (var planned in plan.Shifts)
        {
            if (planned.Id != shift.Id)
            {
                shifts.Add(planned);
                continue;
            }

            // A post of one head moves as a whole, and with it the shift where it has no other; unless somebody still leaves it with the draft.
            var left = post.Max == 1 && !_assignments.Exists(a => a.Holds && a.PostId == id)
                ? planned.Posts.Where(p => p.Id != id).ToList()
                : planned.Posts.Select(p => p.Id == id ? p with { Min = Math.Max(0, p.Min - 1), Max = Math.Max(1, p.Max - 1) } : p).ToList();
            if (left.Count > 0) shifts.Add(planned with { Posts = left });
        }

        var same = shifts.FindIndex(s => s.Slot == part);
        if (same >= 0) shifts[same] = shifts[same] with { Posts = [.. shifts[same].Posts, own] };
        else shifts.Add(new ShiftPlan(null, part, [own]));
        return plan with { Shifts = [.. shifts.OrderBy(s => s.Slot.Start)] };
    }
}
